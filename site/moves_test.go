package site

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
)

// TestReadingKeys presses the keys that a reader reads with: all are theirs,
// and none leads to another page.
func TestReadingKeys(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	tab.moved(server.URL + chapter)
	eval[any](tab, `window.taken = []; addEventListener("keydown", (event) => { if (event.defaultPrevented) taken.push(event.key); }), 0`)
	for _, focus := range []string{"#main", ".prose a", "pre"} {
		eval[any](tab, `document.querySelector("`+focus+`").focus(), 0`)
		for _, key := range []string{kb.ArrowLeft, kb.ArrowRight, kb.ArrowUp, kb.ArrowDown, kb.PageUp, kb.PageDown, kb.Home, kb.End, " ", "j", "k", "n", "p"} {
			tab.do(chromedp.KeyEvent(key))
		}
	}
	assert.Empty(t, eval[[]string](tab, `window.taken`))
	assert.Equal(t, server.URL+chapter, eval[string](tab, `location.href`))
	assert.Equal(t, 1, eval[int](tab, `history.length - 1`), "places that Back leads to")
	assert.Empty(t, tab.complaints())
}

// TestNoMotion follows a link for a reader who asked for no less motion: a page
// takes clicks at once, and a place far below is there at once.
func TestNoMotion(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "no-preference"}},
	})
	call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
		Source: `addEventListener("pagereveal", (event) => { window.turned = Boolean(event.viewTransition); });`,
	})
	tab.open(server.URL + chapter)
	last := `[...document.querySelectorAll(".toc a")].at(-1)`
	top := eval[float64](tab, last+`.click(), document.querySelector(`+last+`.hash).getBoundingClientRect().top`)
	assert.Less(t, top, 900.0, "the heading is not on the screen in the instant of the click")
	tab.press(".crumb li:nth-child(2) a")
	tab.arrives("/patterns/")
	tab.until(`window.turned !== undefined`)
	assert.False(t, eval[bool](tab, `window.turned`), "a transition, under which clicks are lost")
}
