package site

import (
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSearchWhileLoading types before the script, the styles and the index
// have arrived, and loses nothing. The prose comes last, and ranks what is
// there again.
func TestSearchWhileLoading(t *testing.T) {
	startBrowser(t)
	held := map[string]chan bool{}
	for _, name := range []string{"tools.js", "search.js", "search.css", "search.json", "search-text.json"} {
		held[name] = make(chan bool)
	}
	server := through(t, func(name string, _ http.ResponseWriter) bool {
		if wait := held[name]; wait != nil {
			<-wait
		}
		return true
	})
	tab := openTab(t, view{width: 390, scheme: "dark"})
	tab.open(server.URL + "/patterns/locks/")
	eval[any](tab, `window.keys = []; addEventListener("keydown", (event) => keys.push(event)), 0`)
	prevented := `window.keys.splice(0).map((event) => event.defaultPrevented)`
	tab.do(chromedp.KeyEvent("/gc" + kb.Backspace))
	assert.Equal(t, []bool{true, true, true, false}, eval[[]bool](tab, prevented), "a letter that comes twice")
	close(held["tools.js"])
	tab.until(`document.querySelector("link[rel=prefetch]")`)
	tab.do(chromedp.KeyEvent("ahc" + kb.Backspace))
	assert.Equal(t, []bool{true, true, true, false}, eval[[]bool](tab, prevented))
	close(held["search.js"])
	tab.until(`performance.getEntriesByType("resource").some((e) => e.name.match(/search\..*\.js$/))`)
	assert.False(t, eval[bool](tab, searchIsOpen), "it is shown without its styles")
	close(held["search.css"])
	tab.until(searchIsOpen)
	assert.Equal(t, "true", eval[string](tab, `document.querySelector("[data-sides] [value=both]").ariaPressed`), "c was for search")
	tab.do(chromedp.KeyEvent("ter"))
	tab.until(status + `.startsWith("Loading")`)
	close(held["search.json"])
	tab.finds("gahter")
	assert.Equal(t, "/patterns/gather/", eval[string](tab, active+`.pathname`))

	// "/" is a letter in an input.
	eval[any](tab, `addEventListener("keydown", (event) => { window.prevented = event.defaultPrevented; }), 0`)
	tab.do(chromedp.KeyEvent("/"))
	tab.until(`document.activeElement.value === "gahter/"`)
	assert.False(t, eval[bool](tab, `window.prevented`), "a letter typed into the search opens it")

	// A word of prose alone.
	eval[any](tab, `document.activeElement.select(), 0`)
	tab.do(chromedp.KeyEvent("browser"))
	tab.until(status + `.startsWith("Nothing found")`)
	close(held["search-text.json"])
	tab.until(`document.querySelector("[role=option] mark")`)
	require.Empty(t, tab.complaints())
}

// TestSearchTriesAgain finds neither search nor its index at first; each is
// there when the reader tries again. The prose never is.
func TestSearchTriesAgain(t *testing.T) {
	startBrowser(t)
	var lost atomic.Value // what cannot be had begins so
	lost.Store("search.")
	server := through(t, func(name string, w http.ResponseWriter) bool {
		if strings.HasPrefix(name, lost.Load().(string)) {
			http.Error(w, "gone", http.StatusNotFound)
			return false
		}
		return true
	})
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + "/")
	tab.do(chromedp.KeyEvent("/"))
	tab.until(`document.querySelector("[data-announce]").textContent.startsWith("Search could not be fetched")`)
	lost.Store("search.json")
	tab.do(chromedp.KeyEvent("/"))
	tab.until(searchIsOpen)
	tab.do(chromedp.KeyEvent("gathe"))
	tab.until(status + `.startsWith("The index could not be fetched")`)
	lost.Store("search-text.")
	tab.do(chromedp.KeyEvent("r"))
	tab.finds("gather")
	tab.until(`performance.getEntriesByType("resource").some((e) => e.name.includes("/search-text.") && e.responseEnd)`)
	tab.do(chromedp.KeyEvent(" all"))
	tab.finds("gather all")
}

// TestEarlyQuery types a query before the tools have come: its letters are no
// keys of the page, and the index is fetched once for all of them.
func TestEarlyQuery(t *testing.T) {
	startBrowser(t)
	tools, index := make(chan bool), make(chan bool)
	server := through(t, func(name string, w http.ResponseWriter) bool {
		switch name {
		case "tools.js":
			<-tools
		case "search.json":
			<-index
		}
		return true
	})
	open := sync.OnceFunc(func() { close(index) })
	t.Cleanup(open)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	tab.open(server.URL + "/patterns/gather/")
	tab.do(chromedp.KeyEvent("/c"))
	close(tools)
	tab.until(searchIsOpen)
	assert.Equal(t, "both", eval[string](tab, `document.documentElement.dataset.show`))
	tab.do(chromedp.KeyEvent("ance"))
	tab.until(status + `.startsWith("Loading")`)
	open()
	tab.finds("cance")

	// A press beside the input takes the focus from it; the letters still are
	// no keys of the page below.
	eval[any](tab, `document.activeElement.blur()`)
	tab.do(chromedp.KeyEvent("c"))
	assert.Equal(t, "both", eval[string](tab, `document.documentElement.dataset.show`))
	tab.do(chromedp.KeyEvent("/"))
	tab.until(searchIsOpen)
	assert.Equal(t, 1, eval[int](tab, `performance.getEntriesByType("resource").filter((e) => e.name.match(/\/search\..*json$/)).length`), "requests for the index")
	require.Empty(t, tab.complaints())
}

// TestEarlyEscape gives up before the tools have come.
func TestEarlyEscape(t *testing.T) {
	startBrowser(t)
	tools := make(chan bool)
	server := through(t, func(name string, _ http.ResponseWriter) bool {
		if name == "tools.js" {
			<-tools
		}
		return true
	})
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + chapter)
	tab.do(chromedp.KeyEvent("/ca" + kb.Escape))
	close(tools)
	tab.until(`document.querySelector("link[rel=prefetch]")`)
	assert.False(t, eval[bool](tab, `Boolean(document.querySelector(".search[open]"))`))
	tab.do(chromedp.KeyEvent("K", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	tab.until(searchIsOpen)
	assert.Empty(t, eval[string](tab, `document.activeElement.value`))
}

// TestSearchWithoutStyles opens search when its styles cannot be had.
func TestSearchWithoutStyles(t *testing.T) {
	startBrowser(t)
	server := through(t, func(name string, w http.ResponseWriter) bool {
		if name == "search.css" {
			http.Error(w, "gone", http.StatusNotFound)
		}
		return name != "search.css"
	})
	tab := openTab(t, view{width: 1280, scheme: "light"})
	tab.open(server.URL + "/")
	tab.do(chromedp.KeyEvent("/"))
	tab.until(searchIsOpen)
}
