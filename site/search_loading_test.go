package site

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestKeysWithoutTools gives the browser its keys back when the second script
// cannot be had.
func TestKeysWithoutTools(t *testing.T) {
	startBrowser(t)
	server := through(t, func(name string, w http.ResponseWriter) bool {
		if strings.HasPrefix(name, "tools.") {
			http.Error(w, "gone", http.StatusNotFound)
			return false
		}
		return true
	})
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + "/")
	slash := `dispatchEvent(new KeyboardEvent("keydown", { key: "/", cancelable: true }))`
	assert.False(t, eval[bool](tab, slash), "the first one waits for the script")
	tab.until(slash)
}

// TestSearchWhileLoading types before the script, the styles and the index
// have arrived, and loses nothing.
func TestSearchWhileLoading(t *testing.T) {
	startBrowser(t)
	held := map[string]chan bool{"tools.js": make(chan bool), "tools.css": make(chan bool), "search.js": make(chan bool), "search.json": make(chan bool)}
	server := through(t, func(name string, _ http.ResponseWriter) bool {
		if wait := held[name]; wait != nil {
			<-wait
		}
		return true
	})
	tab := openTab(t, view{width: 390, scheme: "dark"})
	tab.open(server.URL + "/patterns/locks/")
	eval[any](tab, `window.prevented = []; addEventListener("keydown", (event) => prevented.push(event.defaultPrevented)), 0`)
	tab.do(chromedp.KeyEvent("/gahc" + kb.Backspace))
	assert.Equal(t, []bool{true, true, true, true, true, false}, eval[[]bool](tab, `prevented`), "a letter that comes twice")
	close(held["tools.js"])
	tab.until(searchIsOpen)
	opacity := `getComputedStyle(document.querySelector(".finder")).opacity`
	assert.Equal(t, "0", eval[string](tab, opacity), "nothing is shown without its styles")
	close(held["tools.css"])
	tab.until(opacity + ` === "1"`)
	assert.Equal(t, "true", eval[string](tab, `document.querySelector("[data-sides] [value=both]").ariaPressed`), "c was for search")
	tab.do(chromedp.KeyEvent("ter"))
	tab.until(status + `.startsWith("Loading")`)
	close(held["search.json"])
	close(held["search.js"])
	tab.finds("gahter")
	assert.Equal(t, "/patterns/gather/", eval[string](tab, active+`.pathname`))

	// "/" is a letter in an input.
	eval[any](tab, `addEventListener("keydown", (event) => { window.prevented = event.defaultPrevented; }), 0`)
	tab.do(chromedp.KeyEvent("/"))
	tab.until(`document.activeElement.value === "gahter/"`)
	assert.False(t, eval[bool](tab, `window.prevented`), "a letter typed into the search opens it")
	require.Empty(t, tab.complaints())
}

// TestSearchTriesAgain finds neither the engine nor the index at first, and
// has both when the reader types on.
func TestSearchTriesAgain(t *testing.T) {
	startBrowser(t)
	var lost atomic.Bool
	lost.Store(true)
	server := through(t, func(name string, w http.ResponseWriter) bool {
		if strings.HasPrefix(name, "search.") && lost.Load() {
			http.Error(w, "gone", http.StatusNotFound)
			return false
		}
		return true
	})
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + "/")
	tab.do(chromedp.KeyEvent("/"))
	tab.until(searchIsOpen)
	tab.do(chromedp.KeyEvent("gathe"))
	tab.until(status + `.startsWith("Search could not be fetched")`)
	lost.Store(false)
	tab.do(chromedp.KeyEvent("r"))
	tab.finds("gather")
}
