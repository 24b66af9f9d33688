package site

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ways are how a reader without a mouse uses what a page offers.
var ways = map[string]func(b *tab, selector string){
	"keyboard": (*tab).press,
	"touch":    (*tab).tap,
}

// press focuses an element and presses Enter, as a reader without a mouse does.
func (b *tab) press(selector string) {
	b.t.Helper()
	b.do(chromedp.Focus(chromedp.CSS(selector)), chromedp.KeyEvent(kb.Enter))
}

// tap touches the middle of an element with a finger.
func (b *tab) tap(selector string) {
	b.t.Helper()
	call(b, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
	at := eval[input.TouchPoint](b, `(() => {
		const element = document.querySelector("`+selector+`");
		element.scrollIntoView({ block: "center", behavior: "instant" });
		const box = element.getBoundingClientRect();
		return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
	})()`)
	call(b, input.DispatchTouchEvent, input.DispatchTouchEventParams{
		Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{&at},
	})
	call(b, input.DispatchTouchEvent, input.DispatchTouchEventParams{
		Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{},
	})
}

// TestWalk goes through the site in all the ways that a page offers to move,
// and chooses a theme on its way.
func TestWalk(t *testing.T) {
	startBrowser(t)
	for name, use := range ways {
		t.Run(name, func(t *testing.T) {
			server := serve(t) // an address of its own, and what it stores
			tab := openTab(t, view{width: 390, scheme: "light"})
			tab.open(server.URL + "/")
			use(tab, "[data-theme-toggle]")
			tab.until(`document.documentElement.dataset.theme === "light"`)
			use(tab, "[popovertarget=menu]")
			tab.until(`document.querySelector("#menu:popover-open")`)
			use(tab, "#menu a[href='"+chapter+"']")
			tab.arrives(chapter)
			tab.turns(use)
			tab.scrolls(use)

			use(tab, ".crumb li:nth-child(2) a")
			tab.arrives("/patterns/")
			use(tab, ".wordmark")
			tab.arrives("/")
			assert.Empty(t, tab.complaints())
		})
	}
}

// turns goes to the next page and back, each time by the links at the foot.
func (b *tab) turns(use func(*tab, string)) {
	b.t.Helper()
	next := eval[string](b, `document.querySelector(".pager [rel=next]").pathname`)
	use(b, ".pager [rel=next]")
	b.arrives(next)
	use(b, ".pager [rel=prev]")
	b.arrives(chapter)
}

// scrolls follows the links that stay on the page, and the one to its source.
func (b *tab) scrolls(use func(*tab, string)) {
	b.t.Helper()
	for _, link := range []string{".toc li:nth-child(3) a", "#when-not-to .anchor"} {
		hash := eval[string](b, `document.querySelector("`+link+`").hash`)
		use(b, link)
		b.until(`location.hash === "` + hash + `" && Math.abs(document.querySelector("` + hash + `").getBoundingClientRect().top) < 100`)
	}
	use(b, ".page-foot a:last-child")
	b.until(`scrollY === 0`)

	eval[any](b, `addEventListener("click", (event) => {
		window.asked = event.target.href;
		event.preventDefault(); // it leaves the site
	}, { once: true });0`)
	use(b, ".page-foot a[href*='/edit/']")
	b.until(`window.asked`)
	require.Contains(b.t, eval[string](b, `window.asked`), "/edit/main/content"+chapter[:len(chapter)-1]+".md")
}

// TestStops counts the blocks that take the focus: those that scroll, in a
// wide window and in a narrow one.
func TestStops(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1920, scheme: "light"})
	tab.moved(server.URL + chapter)
	for _, width := range []int64{1920, 390, 1920} {
		call(tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
			Width: width, Height: 900, DeviceScaleFactor: 1,
		})
		tab.until(`[...document.querySelectorAll("pre")].every((e) => (e.tabIndex === 0) === (e.scrollWidth > e.clientWidth))`)
		stops := eval[int](tab, `document.querySelectorAll("pre[tabindex]").length`)
		assert.Equal(t, width < 1000, stops > 0, "%d px: %d stops", width, stops)
	}
	assert.Empty(t, tab.complaints())
}

// TestSkip jumps over the header with the first two keys.
func TestSkip(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "dark"})
	tab.open(server.URL + chapter)
	tab.do(chromedp.KeyEvent(kb.Tab))
	require.True(t, eval[bool](tab, `document.activeElement.matches(".skip") && document.activeElement.getBoundingClientRect().top >= 0`))
	tab.do(chromedp.KeyEvent(kb.Enter))
	tab.until(`document.activeElement.id === "main"`)
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
