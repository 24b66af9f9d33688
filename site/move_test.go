package site

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A chapter between two others.
const chapter = "/patterns/queues/"

// moved opens a page and moves once, so that the lazy script has started.
func (b *tab) moved(address string) {
	b.t.Helper()
	b.open(address)
	b.do(chromedp.KeyEvent(kb.Shift))
	b.until(`document.querySelector("link[rel=stylesheet][href*=tools]")?.sheet && document.querySelector("link[rel=prefetch]")`)
}

// tick is how often a test asks again.
const tick = 10 * time.Millisecond

// arrives waits until the tab shows the page at the path. While one page gives
// way to another, there is nothing to ask.
func (b *tab) arrives(path string) {
	b.t.Helper()
	require.Eventually(b.t, func() bool {
		at, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.readyState === "complete" ? location.pathname : ""`))
		return err == nil && at == path
	}, patience, tick, path)
}

// TestTurnPages presses Left and Right. The first press of a page counts,
// although the script that hears it comes only then.
func TestTurnPages(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	tab.open(server.URL + chapter)
	at := func(rel string) string {
		return eval[string](tab, `document.querySelector(".pager [rel=`+rel+`]").pathname`)
	}
	for key, rel := range map[string]string{kb.ArrowRight: "next", kb.ArrowLeft: "prev"} {
		tab.open(server.URL + chapter)
		target := at(rel)
		tab.do(chromedp.KeyEvent(key))
		tab.arrives(target)
	}

	// What needs the arrows keeps them: the event goes through unused.
	tab.moved(server.URL + chapter)
	for name, prepare := range map[string]string{
		"code that scrolls": `(() => {
			const pre = document.querySelector("pre");
			pre.style.width = "9rem";
			pre.tabIndex = 0;
			pre.focus();
		})()`,
		"an input":  `(() => { const i = document.createElement("input"); document.body.append(i); i.focus(); })()`,
		"a dialog":  `(() => { const d = document.createElement("dialog"); document.body.append(d); d.showModal(); })()`,
		"a popover": `document.querySelector("#menu").showPopover()`,
	} {
		eval[any](tab, prepare+";0")
		tab.do(chromedp.KeyEvent(kb.ArrowRight))
		assert.Equal(t, chapter, eval[string](tab, "location.pathname"), name)
		tab.moved(server.URL + chapter)
	}
	tab.do(chromedp.KeyEvent(kb.ArrowRight, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	assert.Equal(t, chapter, eval[string](tab, "location.pathname"), "with Ctrl")
	assert.Empty(t, tab.complaints())
}

// TestContents scrolls through a chapter and reads which section is marked.
func TestContents(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1920, scheme: "dark"})
	tab.moved(server.URL + chapter)
	marked := `document.querySelector(".toc [aria-current=true]")?.hash`
	assert.Empty(t, eval[string](tab, marked+` ?? ""`), "above the first section")
	for _, hash := range eval[[]string](tab, `[...document.querySelectorAll(".toc a")].map((a) => a.hash)`) {
		tab.press(`.toc a[href="` + hash + `"]`)
		tab.until(marked + ` === "` + hash + `"`)
	}
	eval[any](tab, `scrollTo(0, 0);0`)
	tab.until(`!document.querySelector(".toc [aria-current]")`)
}

// TestSidebarKeepsItsPlace scrolls the sidebar, opens another page, and finds
// it there before anything has shifted.
func TestSidebarKeepsItsPlace(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1440, scheme: "light"})
	call(tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: 1440, Height: 400, DeviceScaleFactor: 1,
	})
	tab.moved(server.URL + chapter)
	place := `document.querySelector("#menu").scrollTop`
	eval[any](tab, place+` = 60;0`)
	require.Equal(t, 60.0, eval[float64](tab, place))
	next := eval[string](tab, `document.querySelector(".pager [rel=next]").pathname`)
	tab.do(chromedp.KeyEvent(kb.ArrowRight))
	tab.arrives(next)
	assert.Equal(t, 60.0, eval[float64](tab, place))
	assert.Zero(t, eval[float64](tab, layoutShift))

	// The last chapter stands far below: its link is seen all the same.
	tab.open(server.URL + "/patterns/failures/")
	assert.True(t, eval[bool](tab, `(() => {
		const link = document.querySelector("#menu [aria-current]").getBoundingClientRect();
		return link.top > 0 && link.bottom < innerHeight;
	})()`))
	assert.Zero(t, eval[float64](tab, layoutShift))
	assert.Zero(t, eval[float64](tab, `scrollY`))
	assert.Empty(t, tab.complaints())
}

// TestBreadcrumb walks up from a page of the deepest section.
func TestBreadcrumb(t *testing.T) {
	build(t)
	doc := parse(t, builtFile("/guides/pitfalls/cpu/"))
	var links []string
	for _, n := range all(doc) {
		if attr(n, "aria-label") == "Breadcrumb" {
			require.Equal(t, "nav", n.Data)
			for _, item := range all(n) {
				switch {
				case item.Data == "a":
					links = append(links, attr(item, "href"))
				case attr(item, "aria-current") == "page":
					links = append(links, "here")
				}
			}
		}
	}
	assert.Equal(t, []string{"/", "/guides/", "/guides/pitfalls/", "here"}, links)
}

// TestPrefetch fetches the next page, and a page that the focus rests on.
func TestPrefetch(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1440, scheme: "light"})
	tab.open(server.URL + chapter)
	hinted := func(selector string) string {
		return `[...document.querySelectorAll("link[rel=prefetch]")].some((l) => l.href === document.querySelector("` + selector + `").href)`
	}
	require.False(t, eval[bool](tab, hinted(".pager [rel=next]")), "before the reader moved")
	tab.do(chromedp.Focus(chromedp.CSS(".crumb li + li a")))
	tab.until(hinted(".pager [rel=next]"))
	tab.do(chromedp.Focus(chromedp.CSS(".pager [rel=prev]")))
	tab.until(hinted(".pager [rel=prev]"))
	fetched := `performance.getEntriesByName(document.querySelector(".pager [rel=prev]").href).length`
	tab.until(fetched)
	assert.Empty(t, tab.complaints(), "the policy allows it")
}

// TestPageFoot reads the link to edit each page, and asks whether its file
// is there.
func TestPageFoot(t *testing.T) {
	for _, path := range pages(t) {
		for _, n := range all(parse(t, builtFile(path))) {
			_, file, edit := strings.Cut(attr(n, "href"), "/edit/main/")
			if !edit {
				continue
			}
			assert.Equal(t, filepath.Clean(markdown(path)), filepath.Join("..", file))
			assert.FileExists(t, filepath.Join("..", file))
		}
	}
}

// TestDates builds the pages in a repository that dates them, then in a shallow
// clone of it, as `make site` would. See TestBuildsWithoutGit for the rest.
func TestDates(t *testing.T) {
	for _, tool := range []string{"git", "make"} {
		if _, err := exec.LookPath(tool); err != nil {
			missing(t, "no "+tool)
		}
	}
	origin := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		command := exec.Command("git", append([]string{"-C", origin, "-c", "user.name=a", "-c", "user.email=a@b.c"}, args...)...)
		command.Env = append(os.Environ(), "GIT_AUTHOR_DATE=2020-02-03T23:30:00-0500", "GIT_COMMITTER_DATE=2020-02-03T23:30:00-0500")
		out, err := command.CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	for _, dir := range []string{"content", "site/layouts", "site/assets", drawn} {
		require.NoError(t, os.CopyFS(filepath.Join(origin, dir), os.DirFS(filepath.Join("..", dir))))
	}
	for _, file := range []string{"site/hugo.toml", "go.mod", "go.sum", "Makefile"} {
		require.NoError(t, os.WriteFile(filepath.Join(origin, file), []byte(readFile(t, filepath.Join("..", file))), 0o644))
	}
	git("init", "-q")
	git("add", ".")
	git("commit", "-q", "-m", "one")

	foot := func(repository string) string {
		t.Helper()
		out, err := exec.Command("make", "-s", "-C", repository, "-f", "Makefile", "--eval", "setting:\n\t@echo $$HUGO_ENABLEGITINFO", "setting").Output()
		require.NoError(t, err)
		assert.Equal(t, fmt.Sprint(hasHistory(repository)), strings.TrimSpace(string(out)), "the Makefile knows")
		public := t.TempDir()
		require.NoError(t, hugoIn(filepath.Join(repository, "site"), public, "/"))
		return readFile(t, filepath.Join(public, "patterns/queues/index.html"))
	}
	assert.Contains(t, foot(origin), "<time datetime=2020-02-03>Changed 3 February 2020</time>")
	shallow := t.TempDir()
	git("clone", "-q", "--depth=1", "file://"+origin, shallow)
	assert.NotContains(t, foot(shallow), "<time")
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}
