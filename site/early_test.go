package site

import (
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// through serves the site, but lets between have the say on files of a name.
func through(t *testing.T, between func(name string, w http.ResponseWriter) bool) *httptest.Server {
	t.Helper()
	handler := serve(t).Config.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _, _ := strings.Cut(path.Base(r.URL.Path), ".")
		if between(name+path.Ext(r.URL.Path), w) {
			handler.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server
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
	assert.Equal(t, "both", eval[string](tab, `document.documentElement.dataset.compare`))
	tab.do(chromedp.KeyEvent("ance"))
	tab.until(status + `.startsWith("Loading")`)
	open()
	tab.finds("cance")

	// A press beside the input takes the focus from it; the letters still are
	// no keys of the page below.
	eval[any](tab, `document.activeElement.blur()`)
	tab.do(chromedp.KeyEvent("c"))
	assert.Equal(t, "both", eval[string](tab, `document.documentElement.dataset.compare`))
	tab.do(chromedp.KeyEvent("/"))
	tab.until(searchIsOpen)
	assert.Equal(t, 1, eval[int](tab, `performance.getEntriesByType("resource").filter((e) => e.name.endsWith(".json")).length`), "requests for the index")
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
	assert.False(t, eval[bool](tab, `Boolean(document.querySelector(".finder[open]"))`))
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

// TestSidebarIsNoMove opens a page whose place in the sidebar is far down: that
// the list scrolls there is not a reader who moves.
func TestSidebarIsNoMove(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1440, scheme: "light"})
	call(tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 1440, Height: 400, DeviceScaleFactor: 1})
	requested := tab.requested()
	tab.open(server.URL + "/patterns/failures/")
	require.Positive(t, eval[int](tab, `document.querySelector("#menu").scrollTop`))
	eval[any](tab, layoutShift)
	assert.NotContains(t, requested(), "/tools.")
	tab.do(chromedp.KeyEvent("x"))
	tab.until(`performance.getEntriesByType("resource").some((e) => e.name.match(/tools\..*\.js/))`)
	require.Empty(t, tab.complaints())
}
