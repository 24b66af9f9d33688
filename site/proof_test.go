package site

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// A place is what sources.json says of a block: where it stands, and the
// command that proves it.
type place struct {
	File   string
	Line   int
	Run    string
	Orders string
}

func sources(t *testing.T) (places map[string]place) {
	t.Helper()
	build(t)
	text, err := os.ReadFile(filepath.Join(public, "programs", "sources.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &places))
	return places
}

// proofOf is the word that a block should carry.
func proofOf(f fence) string {
	switch {
	case f.kind == "output":
		return "compared"
	case f.kind == "file" && f.lang == "text":
		return "matched"
	case f.kind == "file":
		return "checked"
	case f.lang == "python":
		return "ran"
	case f.kind == "snippet":
		return "raced"
	}
	return ""
}

// TestProofs finds the right word above each block of each page, a link to
// what it means, and the block at its line in the repository.
func TestProofs(t *testing.T) {
	places := sources(t)
	for _, path := range pages(t) {
		var words []string
		for _, n := range all(parse(t, builtFile(path))) {
			switch {
			case n.Data == "figure" && attr(n, "data-timeline") == "":
				words = append(words, "")
			case attr(n, "class") == "proof":
				words[len(words)-1] = textOf(n)
				assert.Equal(t, "/guides/proof/#"+textOf(n), attr(n, "href"), path)
			}
		}
		fences := fences(t, path)
		require.Len(t, words, len(fences), path)
		for i, f := range fences {
			assert.Equal(t, proofOf(f), words[i], "%s, block %d", path, i+1)
			if proofOf(f) != "" {
				assert.Empty(t, wrongLine(t, f, places[f.source]), "%s: %s", path, f.source)
			}
		}
	}
}

var group = regexp.MustCompile(`^(const|var|type) \($`)

// wrongLine says how the line that a block is linked to is not its own.
func wrongLine(t *testing.T, f fence, p place) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(p.File)))
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(string(text), "\n")
	if p.Line < 1 || p.Line > len(lines) {
		return "no such line"
	}
	line := lines[p.Line-1]
	selector, label, labelled := strings.Cut(f.source, "/")
	if labelled && f.kind == "snippet" && f.lang == "go" {
		if !strings.HasSuffix(lines[p.Line-2], "//docs:snippet "+label) {
			return "no //docs:snippet before " + line
		}
		return ""
	}
	name := selector[strings.LastIndexAny(selector, ".:")+1:]
	body := strings.Split(f.body, "\n")
	ok := false
	switch {
	case f.kind == "file":
		_, section, _ := strings.Cut(f.source, ":")
		ok = line == "-- "+section+" --"
	case f.lang == "python":
		ok = line == body[0]
	case strings.HasPrefix(name, "Example"):
		ok = line == "func "+name+"() {"
	default:
		ok = slices.Contains(body, line) && (group.MatchString(line) || strings.Contains(line, name))
	}
	if !ok {
		return "stands not at " + line
	}
	return ""
}

// TestProof opens a proof of each kind by keyboard, compares what it says with
// the index, and finds the focus again where it was.
func TestProof(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	places := sources(t)
	path := "/guides/pitfalls/global/"
	axe := readAxe(t)
	for i, scheme := range []string{"light", "dark"} {
		tab := openTab(t, view{width: []int64{390, 1280}[i], scheme: scheme})
		tab.open(server.URL + path)
		if scheme == "dark" { // a link becomes a button, which takes Space, with the tools
			tab.do(chromedp.KeyEvent("\t"))
			tab.until(toolsAreThere)
		}
		seen := map[string]bool{}
		for j, f := range fences(t, path) {
			word := proofOf(f)
			if seen[word] {
				continue
			}
			seen[word] = true
			link := `document.querySelectorAll("[data-copy]")[` + itoa(j) + `].querySelector(".proof")`
			eval[any](tab, link+`.focus()`)
			tab.do(chromedp.KeyEvent([]string{kb.Enter, " "}[i]))
			tab.until(`document.querySelector(".proof-card:popover-open:focus")`)
			assert.Equal(t, wantedCard(t, f, places[f.source]), eval[card](tab, readCard))
			assert.Zero(t, eval[int](tab, outside), "the proof leaves the screen")
			if axe != "" && len(seen) == 1 {
				checkAxe(t, tab, axe, allRules)
			}
			tab.do(chromedp.KeyEvent(kb.Escape))
			tab.until(`!document.querySelector(".proof-card:popover-open")`)
			assert.True(t, eval[bool](tab, link+` === document.activeElement`), "the focus returns")
		}
		assert.Len(t, seen, 5, "kinds of proof")
		assert.Zero(t, eval[float64](tab, layoutShift))
		require.Empty(t, tab.complaints())
	}
}

// outside is how far the open proof reaches over the sides of the screen.
const outside = `(() => {
	const box = document.querySelector(".proof-card").getBoundingClientRect();
	return Math.max(0, -box.left, box.right - document.documentElement.clientWidth);
})()`

// A card is what an open proof says.
type card struct{ Word, About, Orders, Run, Line, Download, Name, Built string }

const readCard = `(() => {
	const card = document.querySelector(".proof-card");
	const [line, download] = card.querySelectorAll(".proof-links a");
	return {
		Word: card.querySelector(".proof-word").textContent,
		About: card.querySelector("p").textContent,
		Orders: card.querySelector("p + p:not([class])")?.textContent ?? "",
		Run: card.querySelector(".proof-run code").textContent,
		Line: line.href,
		Download: download.download && download.href.slice(location.origin.length),
		Name: download.download,
		Built: card.querySelector("p:last-child").textContent,
	};
})()`

func wantedCard(t *testing.T, f fence, p place) card {
	t.Helper()
	built := builtNote(t)
	want := card{Word: proofOf(f), Run: p.Run, Built: textOf(built),
		Line: attr(built, "data-tree") + p.File + "#L" + itoa(p.Line)}
	if f.kind == "output" {
		want.Orders = p.Orders
		require.Regexp(t, `\b(orders|order)\b`, want.Orders, f.source)
	}
	guide := all(parse(t, builtFile("/guides/proof/")))
	for i, n := range guide {
		if attr(n, "id") == want.Word {
			about := guide[i+2] // after the link inside the heading
			require.Equal(t, "p", about.Data)
			want.About = textOf(about)
		}
	}
	if f.lang == "go" {
		for _, name := range []string{f.source, declaration.ReplaceAllString(f.source, "$1.Example$2")} {
			if exists(filepath.Join(public, "programs", name+".go")) {
				want.Download = "/programs/" + name + ".go"
				want.Name = strings.Replace(name, ".", "_", 1) + ".go"
			}
		}
	}
	return want
}

// builtNote is the paragraph that says what the site was built from.
func builtNote(t *testing.T) *html.Node {
	t.Helper()
	for _, n := range all(parse(t, builtFile("/guides/proof/"))) {
		if slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "data-built" }) {
			return n
		}
	}
	t.Fatal("the guide does not say what the site was built from")
	return nil
}

// TestProofNames checks the version that the site says its code was tested
// with, and the commit where one is known.
func TestProofNames(t *testing.T) {
	build(t)
	version := strings.Join(strings.Split(runtime.Version(), ".")[:2], ".")
	assert.Contains(t, textOf(builtNote(t)), "Tested with Go "+strings.TrimPrefix(version, "go")+".")
	if os.Getenv("HUGO_PARAMS_COMMIT") == "" {
		assert.NotContains(t, textOf(builtNote(t)), "Built from")
	}

	usual := public
	defer func() { public = usual }()
	public = t.TempDir()
	const commit = "0123456789abcdef0123456789abcdef01234567"
	t.Setenv("HUGO_PARAMS_COMMIT", commit)
	require.NoError(t, hugo(public, "/"))
	assert.True(t, strings.HasSuffix(attr(builtNote(t), "data-tree"), "/blob/"+commit+"/"))
	assert.Contains(t, textOf(builtNote(t)), "Built from 0123456.")
}

// TestProofByTouch taps a proof before the tools have been fetched, copies its
// command and fetches its program.
func TestProofByTouch(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + "/patterns/gather/")
	tab.tap("[data-source='gather.ExampleAll'] .proof")
	tab.until(`document.querySelector(".proof-card:popover-open")`)
	assert.Equal(t, "/patterns/gather/", eval[string](tab, `location.pathname`))

	tab.tap(".proof-run .button")
	tab.until(`document.querySelector("[data-announce]").textContent === "Copy: copied"`)
	assert.Equal(t, sources(t)["gather.ExampleAll"].Run, eval[string](tab, `navigator.clipboard.readText()`))

	program, err := os.ReadFile(filepath.Join(public, "programs", "gather.ExampleAll.go"))
	require.NoError(t, err)
	assert.Equal(t, string(program), eval[string](tab, `fetch(document.querySelector(".proof-card [download]").href).then((r) => r.text())`))

	tab.tap("h1") // what is beside it closes it
	tab.until(`!document.querySelector(".proof-card:popover-open")`)
	require.Empty(t, tab.complaints())
}

// TestProofTriesAgain finds nothing to show at first, and says so. The next
// press finds it.
func TestProofTriesAgain(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + "/patterns/gather/")
	eval[any](tab, `(() => { window.usual = fetch; window.fetch = () => Promise.reject(new Error("offline")); })()`)
	tab.press(".proof")
	tab.told("How this block is proved could not be fetched.")
	eval[any](tab, `(() => { window.fetch = usual; })()`)
	tab.press(".proof")
	tab.until(`document.querySelector(".proof-card:popover-open")`)
	assert.Equal(t, "/patterns/gather/", eval[string](tab, `location.pathname`))
}
