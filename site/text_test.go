package site

import (
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/stretchr/testify/assert"
)

// spaced is what WCAG 1.4.12 lets a reader set.
const spaced = `(() => {
	const sheet = new CSSStyleSheet();
	sheet.replaceSync("* { letter-spacing: .12em !important; word-spacing: .16em !important; line-height: 1.5 !important } p { margin-bottom: 2em !important }");
	document.adoptedStyleSheets = [sheet];
})(), 0`

// TestLargeText opens every page on a phone for readers whose text is large, or
// spaced: words wrap, and nothing pushes the page sideways.
func TestLargeText(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	server := serve(t)
	for _, reader := range []struct {
		width, font int64
		change      string
	}{{390, 32, "0"}, {320, 24, "0"}, {320, 16, spaced}} {
		tab := openTab(t, view{width: reader.width, scheme: "light"})
		call(tab, page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: reader.font, Fixed: reader.font}})
		for _, path := range pages(t) {
			tab.open(server.URL + path)
			eval[any](tab, reader.change)
			assert.LessOrEqual(t, eval[int64](tab, `document.documentElement.scrollWidth`), reader.width, "%s, text of %d px", path, reader.font)
		}
	}
}

// checkCodeFits looks at a page in windows that are just wide enough for one more
// column, with a scrollbar that takes room: no code of a pair is cut.
func checkCodeFits(t *testing.T, tab *tab, path string) {
	t.Helper()
	eval[any](tab, `document.querySelectorAll("details").forEach((e) => { e.open = true; }), document.documentElement.style.marginRight = "15px"`)
	for _, width := range []int64{1280, 1440, 1680} {
		tab.resize(width, 800)
		assert.Empty(t, eval[[]string](tab, `[...document.querySelectorAll(".code[data-side]:not(.output) pre")]
			.filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.closest("figure").dataset.source)`), "%s at %d px", path, width)
	}
}

// checkCommentsWrap looks at a page on a phone: the comments above the code, in
// which much is explained, are read without scrolling.
func checkCommentsWrap(t *testing.T, tab *tab, path string) {
	t.Helper()
	found := eval[struct {
		Lines int
		Cut   []string
	}](tab, `(() => {
		const lines = [...document.querySelectorAll("pre i")].filter((e) => /(^|\n)\s*$/.test(e.previousSibling?.data ?? "\n"));
		return { lines: lines.length, cut: lines.filter((e) => {
			const { right } = e.getBoundingClientRect();
			return e.checkVisibility() && right > e.closest("pre").getBoundingClientRect().right;
		}).map((e) => e.textContent) };
	})()`)
	assert.Empty(t, found.Cut, path)
	if path == chapter {
		assert.Greater(t, found.Lines, 20, "comments that were looked at")
	}
}
