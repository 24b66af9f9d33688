package site

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	searchIsOpen = `document.activeElement.role === "combobox"`
	active       = `document.getElementById(document.activeElement.getAttribute("aria-activedescendant"))`
	status       = `document.querySelector(".search [role=status]").textContent`
)

// requested returns what the page has asked for so far, each time it is called.
func (b *tab) requested() func() string {
	b.t.Helper()
	var mu sync.Mutex
	var urls []string
	require.NoError(b.t, chromedp.Listen(b.ctx, func(event any) {
		if e, ok := event.(*network.EventRequestWillBeSent); ok {
			mu.Lock()
			urls = append(urls, e.Request.URL)
			mu.Unlock()
		}
	}))
	return func() string {
		// A request after all others: these are known when it is answered.
		eval[bool](b, `fetch("/robots.txt").then((response) => response.ok)`)
		mu.Lock()
		defer mu.Unlock()
		return strings.Join(urls, "\n")
	}
}

// finds waits until the query has results.
func (b *tab) finds(query string) {
	b.t.Helper()
	b.until(`document.querySelector(".search-input").value === "` + query + `" && document.querySelector("[role=option]")`)
}

// TestSearchByKeyboard presses "/" as the first key of all, and never leaves
// the keyboard.
func TestSearchByKeyboard(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	requested := tab.requested()
	tab.open(server.URL + "/patterns/gather/")
	assert.NotContains(t, requested(), "/tools.", "before the first move")
	tab.do(chromedp.KeyEvent("x"))
	tab.until(`performance.getEntriesByType("resource").some((e) => e.name.match(/tools\..*\.js/))`)
	eval[bool](tab, `import(performance.getEntriesByType("resource").find((e) => e.name.match(/tools\..*\.js/)).name).then(() => true)`)
	assert.NotContains(t, requested(), "/search.", "before search opens")

	tab.press(".search-button")
	tab.until(searchIsOpen)
	tab.do(chromedp.KeyEvent("wait/for"))
	tab.do(chromedp.KeyEvent(strings.Repeat(kb.Backspace, 4) + "_for"))
	tab.finds("wait_for")
	assert.Contains(t, requested(), "/search.")
	tab.until(status + `.match(/^\d results$/)`)
	count := eval[int](tab, `document.querySelectorAll("[role=option]").length`)
	assert.Equal(t, fmt.Sprintf("%d results", count), eval[string](tab, status))
	assert.Equal(t, "true", eval[string](tab, `document.activeElement.ariaExpanded`))

	// The first result is chosen; down, up over the end, and down again.
	for _, move := range []struct {
		key  string
		want int
	}{{"", 0}, {kb.ArrowDown, 1}, {kb.ArrowUp, 0}, {kb.ArrowUp, count - 1}, {kb.ArrowDown, 0}, {kb.ArrowDown, 1}} {
		if move.key != "" {
			tab.do(chromedp.KeyEvent(move.key))
		}
		assert.Equal(t, fmt.Sprint("search-", move.want), eval[string](tab, active+`.id`))
		assert.Equal(t, []int{move.want}, eval[[]int](tab, `[...document.querySelectorAll("[role=option]")].flatMap((e, i) => e.ariaSelected === "true" ? [i] : [])`))
	}
	assert.Equal(t, []string{"wait_for"}, eval[[]string](tab, `[...new Set([...`+active+`.querySelectorAll("mark")].map((e) => e.textContent))]`))

	// Esc closes and gives the focus back; Ctrl-K opens, with the query kept.
	tab.do(chromedp.KeyEvent(kb.Escape))
	tab.until(`document.activeElement.matches(".search-button")`)
	tab.do(chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	tab.until(searchIsOpen)
	tab.finds("wait_for")

	// The Enter that ends a composition opens nothing: Safari says 229.
	assert.True(t, eval[bool](tab, `(() => {
		const stay = (event) => event.preventDefault();
		addEventListener("click", stay, true);
		const composed = new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, bubbles: true, cancelable: true });
		const ignored = document.activeElement.dispatchEvent(composed);
		removeEventListener("click", stay, true);
		return ignored;
	})()`))

	// Ctrl-Enter opens a new tab and stays; Enter goes there.
	opened := tab.newTab("/patterns/timeouts/")
	tab.do(chromedp.KeyEvent(kb.Enter, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	select {
	case id := <-opened:
		_, err := chromedp.CallBrowser(tab.ctx, target.CloseTarget, target.CloseTargetParams{TargetID: id})
		require.NoError(t, err)
	case <-time.After(patience):
		t.Fatal("Ctrl-Enter opened no tab")
	}
	tab.until(searchIsOpen)
	tab.do(chromedp.KeyEvent(kb.ArrowDown))
	tab.enters("/patterns/timeouts/#give-a-call-a-time-limit")
	require.Empty(t, tab.complaints())
}

// newTab tells of a tab that somebody opened on a path.
func (b *tab) newTab(path string) <-chan target.ID {
	b.t.Helper()
	opened := make(chan target.ID, 8)
	require.NoError(b.t, chromedp.ListenBrowser(b.ctx, func(event any) {
		if e, ok := event.(*target.EventTargetInfoChanged); ok && strings.HasSuffix(e.TargetInfo.URL, path) {
			select {
			case opened <- e.TargetInfo.TargetID:
			default:
			}
		}
	}))
	return opened
}

// enters presses Enter, which must lead to another page.
func (b *tab) enters(path string) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, patience)
	defer cancel()
	_, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter))
	require.NoError(b.t, err)
	assert.Equal(b.t, path, eval[string](b, `location.pathname + location.hash`))
}

func TestSearchByTouch(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	call(tab, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true, MaxTouchPoints: 1})
	tab.open(server.URL + "/patterns/locks/")
	tab.tap(".search-button") // the very first move
	tab.until(searchIsOpen)
	tab.until(`document.querySelector(".search").getBoundingClientRect().width === 390 && document.querySelector(".search").getBoundingClientRect().x === 0`)
	tab.tap(".search-bar button")
	tab.until(`!document.querySelector(".search").open`)
	tab.tap(".search-button")
	tab.until(searchIsOpen)

	tab.tap(".search-examples button:nth-child(3)")
	tab.finds("semaphore")
	small := eval[[]string](tab, `[...document.querySelectorAll(".search :is(button, a, input)")]
		.filter((e) => Math.min(e.getBoundingClientRect().width, e.getBoundingClientRect().height) < 24).map((e) => e.outerHTML)`)
	assert.Empty(t, small, "targets below 24 px")
	assert.LessOrEqual(t, eval[int](tab, `document.querySelector(".search").scrollWidth`), 390, "the sheet scrolls sideways")
	// A result on this very page: the sheet must go.
	tab.tap("[role=option][href$='#one-limit-for-all-callers']")
	tab.until(`location.hash === "#one-limit-for-all-callers" && !document.querySelector(".search").open`)
	require.Empty(t, tab.complaints())
}

// TestSearchAxe runs axe-core on each state of the dialog. SHOTS names a
// folder for pictures of them.
func TestSearchAxe(t *testing.T) {
	startBrowser(t)
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		missing(t, "no axe-core: run npm ci in site/")
	}
	server := serve(t)
	for _, v := range []view{{width: 390, scheme: "light"}, {width: 1280, scheme: "dark"}} {
		tab := openTab(t, v)
		tab.open(server.URL + "/")
		eval[any](tab, string(axe)+";0")
		look := func(state string) {
			if dir := os.Getenv("SHOTS"); dir != "" {
				png, err := chromedp.Run(tab.ctx, chromedp.CaptureScreenshot())
				require.NoError(t, err)
				require.NoError(t, os.WriteFile(filepath.Join(dir, "search "+state+" "+v.String()+".png"), png, 0o644))
			}
			found := eval[[]violation](tab, `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations)`)
			assert.Empty(t, found, "%s %s", state, v)
		}
		tab.do(chromedp.KeyEvent("/"))
		tab.until(searchIsOpen + ` && document.querySelector(".search-examples")`)
		look("hint")
		tab.do(chromedp.KeyEvent("gather"))
		tab.finds("gather")
		look("results")
		tab.do(chromedp.KeyEvent("xyzq"))
		tab.until(`document.querySelector(".search-below li a")`)
		tab.until(status + `.startsWith("Nothing found")`)
		look("nothing")
		require.Empty(t, tab.complaints())
	}
}

// TestSearchFromMissingPage searches for the words of a missing address, on a
// site below a path.
func TestSearchFromMissingPage(t *testing.T) {
	startBrowser(t)
	dir := hosted(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file := filepath.Join(dir, strings.TrimPrefix(r.URL.Path, "/docs"))
		if !exists(file) {
			file = filepath.Join(dir, "404.html")
		}
		http.ServeFile(w, r, file)
	}))
	t.Cleanup(server.Close)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	tab.open(server.URL + "/docs/patterns/gahter.html")
	tab.press("main [data-search]")
	tab.until(searchIsOpen)
	tab.finds("patterns gahter")
	assert.Equal(t, "/docs/patterns/gather/", eval[string](tab, active+`.pathname`))
	tab.enters("/docs/patterns/gather/")

	tab.open(server.URL + "/docs/x)%20gather%ff")
	tab.press("main [data-search]")
	tab.until(searchIsOpen + ` && document.activeElement.value === "x gather"`)
	tab.open(server.URL + "/docs/x)%20gather")
	tab.press("main [data-search]")
	tab.until(searchIsOpen + ` && document.activeElement.value === "x gather"`)
	require.Empty(t, tab.complaints())
}
