package site

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
)

// TestSingleKeys switches "/" and "c" off, for a reader whose software types
// letters, and finds Ctrl-K still there.
func TestSingleKeys(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	tab.open(server.URL + "/patterns/gather/")
	tab.do(chromedp.KeyEvent("/"))
	tab.until(searchIsOpen)
	// The hint is drawn anew when the index has come.
	tab.until(`performance.getEntriesByType("resource").some((e) => e.name.includes("search") && e.name.endsWith(".json") && e.responseEnd)`)
	eval[any](tab, `document.querySelector(".search input[type=checkbox]").click()`)
	tab.open(server.URL + "/patterns/locks/")
	tab.do(chromedp.KeyEvent("/c"), chromedp.KeyEvent("k", chromedp.KeyModifiers(chromedp.ModifierCtrl)))
	tab.until(searchIsOpen)
	assert.Empty(t, eval[string](tab, `document.querySelector(".search-input").value`))
	assert.Equal(t, "both", eval[string](tab, `document.querySelector("[data-sides] [aria-pressed=true]").value`))
	tab.until(`!document.querySelector(".search input[type=checkbox]").checked`)
	eval[any](tab, `localStorage.removeItem("awaitless-keys")`)
}
