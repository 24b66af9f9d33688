package site

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCopy uses every Copy and Copy program button of every page, and reads
// what each gives to the clipboard. Two tests below read the clipboard itself,
// which takes a tenth of a second.
func TestCopy(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	for _, path := range pages(t) {
		t.Run(path, func(t *testing.T) {
			tab.t = t
			tab.open(server.URL + path)
			tab.until(`document.querySelectorAll("[data-copy]:not(.output)").length === document.querySelectorAll("[data-copy] button:last-child").length`)
			assert.Equal(t, wantedCopies(fences(t, path)), eval[[]copied](tab, copyAll))
			require.Empty(t, tab.complaints())
		})
	}
}

// A copied is what became of one press of a button.
type copied struct {
	Block          int
	Button, Status string
	Text           string
}

// wantedCopies lists the buttons that the fences of a page should have, in
// the order in which they stand.
func wantedCopies(all []fence) (want []copied) {
	want = []copied{}
	for i, f := range all {
		switch program := programOf(f); {
		case f.kind == "output" || f.kind == "file" && f.lang == "text":
		case program != "" && strings.Contains(f.source, ".Example"):
			want = append(want, copied{i, "Copy program", "Copied", program})
		case f.source == "":
			want = append(want, copied{i, "Copy", "Copied", strings.TrimSpace(f.body)})
		default:
			want = append(want, copied{i, "Copy", "Copied", f.body})
		}
	}
	return want
}

// copyAll clicks all buttons, and then waits for each. What a button gives to
// the clipboard it gives at once, as a promise; when that is kept, it says so.
const copyAll = `(async () => {
	let given;
	navigator.clipboard.write = ([item]) => {
		given = item.getType("text/plain").then((blob) => blob.text());
		return given;
	};
	const says = (button) => new Promise((resolve) => {
		const observer = new MutationObserver(() => {
			observer.disconnect();
			resolve(button.textContent);
		});
		observer.observe(button, { childList: true });
	});
	const pressed = [];
	for (const [block, element] of document.querySelectorAll("[data-copy]").entries()) {
		for (const button of element.querySelectorAll("button")) {
			const name = button.textContent;
			const said = says(button);
			button.click();
			pressed.push([block, name, said, given]);
		}
	}
	return Promise.all(pressed.map(async ([Block, Button, said, text]) => ({ Block, Button, Status: await said, Text: await text })));
})()`

func TestCopyByKeyboard(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	path := pageWithProgram(t)
	tab := openTab(t, view{width: 390, scheme: "dark"})
	tab.open(server.URL + path)
	tab.until(`document.querySelector("[data-copy] button")`)
	for i, f := range fences(t, path) {
		if program := programOf(f); program != "" && strings.Contains(f.source, ".Example") {
			assert.Equal(t, fences(t, path)[0].body, tab.copy(0, "Copy"))
			assert.Equal(t, program, tab.copy(i, "Copy program"))
			return
		}
	}
}

// copy presses the named button of the block, waits until the page says that
// it copied, and returns what is on the clipboard.
func (b *tab) copy(block int, name string) string {
	b.t.Helper()
	found := eval[bool](b, `(() => {
		document.querySelector("#pressed")?.removeAttribute("id");
		document.querySelector("[data-announce]").textContent = "";
		const buttons = document.querySelectorAll("[data-copy]")[`+itoa(block)+`].querySelectorAll("button");
		const button = [...buttons].find((b) => b.textContent === "`+name+`");
		if (button) {
			button.id = "pressed";
			window.widthBefore = button.offsetWidth;
		}
		return Boolean(button);
	})()`)
	require.True(b.t, found, "block %d has no button %q", block+1, name)
	b.press("#pressed")
	b.until(`document.querySelector("[data-announce]").textContent === "` + name + `: copied"`)
	require.Equal(b.t, "Copied", eval[string](b, `document.querySelector("#pressed").textContent`))
	require.True(b.t, eval[bool](b, `document.querySelector("#pressed").offsetWidth >= window.widthBefore`), "the button shrinks")
	return eval[string](b, `navigator.clipboard.readText()`)
}

var declaration = regexp.MustCompile(`^((?:\w+/)*\w+)\.([A-Z]\w*)$`)

// programOf returns the whole program that a block offers, or nothing.
func programOf(f fence) string {
	if f.lang != "go" {
		return ""
	}
	for _, name := range []string{f.source, declaration.ReplaceAllString(f.source, "$1.Example$2")} {
		text, err := os.ReadFile(filepath.Join(public, "programs", name+".go"))
		if err == nil {
			return string(text)
		}
	}
	return ""
}

// TestCopyInSafari copies a program where a ClipboardItem cannot say what it
// supports (Safari before 18.4), and text that comes after the click is refused.
func TestCopyInSafari(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	path := pageWithProgram(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + path)
	eval[any](tab, `delete ClipboardItem.supports; navigator.clipboard.writeText = () => Promise.reject(new Error("too late"))`)
	for i, f := range fences(t, path) {
		if program := programOf(f); program != "" && strings.Contains(f.source, ".Example") {
			assert.Equal(t, program, tab.copy(i, "Copy program"))
			return
		}
	}
}

// TestCopyFails hears about a program that cannot be fetched.
func TestCopyFails(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + pageWithProgram(t))
	tab.until(`document.querySelector("[data-copy] button")`)
	server.Close()
	eval[bool](tab, `(() => {
		const button = [...document.querySelectorAll("[data-copy] button")].find((b) => b.textContent === "Copy program");
		button.id = "pressed";
		return true;
	})()`)
	tab.press("#pressed")
	tab.until(`document.querySelector("[data-announce]").textContent.startsWith("Copy program: failed")`)
}

func pageWithProgram(t *testing.T) string {
	t.Helper()
	for _, path := range pages(t) {
		for _, f := range fences(t, path) {
			if programOf(f) != "" {
				return path
			}
		}
	}
	t.Fatal("no page offers a program")
	return ""
}
