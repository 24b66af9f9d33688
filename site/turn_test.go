package site

import (
	"testing"

	"github.com/chromedp/cdproto/page"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
)

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

// TestViewTransition turns a page with a transition, unless the reader wants
// less motion.
func TestViewTransition(t *testing.T) {
	startBrowser(t)
	for motion, want := range map[string]bool{"no-preference": true, "reduce": false} {
		server := serve(t)
		tab := openTab(t, view{width: 390, scheme: "light"})
		call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: motion}},
		})
		call(tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `addEventListener("pagereveal", (event) => { window.turned = Boolean(event.viewTransition); });`,
		})
		tab.open(server.URL + chapter)
		tab.press(".crumb li:nth-child(2) a")
		tab.arrives("/patterns/")
		tab.until(`window.turned !== undefined`)
		assert.Equal(t, want, eval[bool](tab, `window.turned`), motion)
	}
}
