package site

import (
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
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
