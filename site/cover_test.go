package site

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
)

// covered lists what stands in the header, sidebar and footer, within the
// window, where a press on its middle would meet something else.
const covered = `[...document.querySelectorAll(":is(.top, .sidebar, .bottom) :is(a, button)")].filter((e) => {
	const box = e.getClientRects()[0] ?? new DOMRect(); // its first line
	const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
	if (!e.checkVisibility({ visibilityProperty: true }) || y < 0 || y > innerHeight - 1) return false; // at the edge nothing is met
	const list = e.closest(".sidebar")?.getBoundingClientRect();
	if (list && (y < list.top || y > list.bottom)) return false; // it scrolls
	return !e.contains(document.elementFromPoint(x, y));
}).map((e) => e.textContent)`

// hidden is what has the focus, if the header lies over all of it, or "".
const hidden = `(() => {
	const at = document.activeElement;
	const { bottom } = at.getBoundingClientRect();
	const covered = !at.closest(".top") && bottom > 0 && bottom <= document.querySelector(".top").getBoundingClientRect().bottom;
	return covered ? at.outerHTML : "";
})()`

// TestFocusIsSeen walks backwards through a chapter with the Tab key: nothing
// that takes the focus is hidden by the header that stays.
func TestFocusIsSeen(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	for _, width := range []int64{390, 1280} {
		tab := openTab(t, view{width: width, scheme: "light"})
		tab.open(server.URL + chapter)
		eval[any](tab, `scrollTo(0, document.body.scrollHeight); document.querySelector(".bottom a:last-of-type").focus();0`)
		for range 60 {
			tab.do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(chromedp.ModifierShift)))
			assert.Empty(t, eval[string](tab, hidden), "%d px", width)
		}
	}
}

// TestNothingCovers opens every page in windows of laptops, where a long
// sidebar once lay over the name of the site and the footer, and code was cut.
func TestNothingCovers(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	for _, path := range pages(t) {
		tab.open(server.URL + path)
		for _, size := range [][2]int64{{320, 640}, {390, 844}, {768, 1024}, {1024, 768}, {1280, 720}, {1440, 790}, {1536, 730}, {1920, 1080}, {2560, 1300}} {
			tab.resize(size[0], size[1])
			for _, place := range []string{"0", "document.body.scrollHeight"} {
				eval[any](tab, `scrollTo({ top: `+place+`, behavior: "instant" });0`)
				assert.Empty(t, eval[[]string](tab, covered), "%s at %v, scrolled to %s", path, size, place)
			}
		}
		checkCodeFits(t, tab, path)
	}
}

// TestHeaderHeight asks, in windows of every width, whether what stays of the
// header leaves a place free that a link leads to.
func TestHeaderHeight(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 320, scheme: "light"})
	tab.open(server.URL + chapter)
	for _, width := range []int64{320, 360, 367, 375, 390, 639, 640, 700, 768, 799, 800, 959, 960, 1279, 1280, 1440, 1680} {
		tab.resize(width, 800)
		free := eval[float64](tab, `(() => {
			const { offsetHeight } = document.querySelector(".top");
			const { top } = getComputedStyle(document.querySelector(".top"));
			return parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) - offsetHeight - parseFloat(top);
		})()`)
		assert.Positive(t, free, "%d px", width)
	}
}
