package site

import (
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// contrasts are the least contrasts with the background, of the shapes and of
// the words of all timelines on a page, by their classes.
const contrasts = `(() => {
	const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
	const light = (colour) => {
		pen.fillStyle = colour;
		pen.fillRect(0, 0, 1, 1);
		const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((v) => v / 255)
			.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const found = {};
	const note = (name, colour, back) => {
		const [low, high] = [light(colour), light(back)].sort((a, b) => a - b);
		found[name] = Math.min(found[name] ?? 21, (high + 0.05) / (low + 0.05));
	};
	for (const figure of document.querySelectorAll(".timeline")) {
		const back = getComputedStyle(document.documentElement).backgroundColor;
		for (const e of figure.querySelectorAll("svg :is(.clock, .channel, .sync, .end, .print, .wake, .start, line.never)")) {
			const style = getComputedStyle(e);
			note("shape " + e.getAttribute("class"), style.stroke === "none" ? style.fill : style.stroke, back);
		}
		for (const e of figure.querySelectorAll("svg text")) note("text " + e.getAttribute("class"), getComputedStyle(e).fill, back);
		for (const e of figure.querySelectorAll("i")) note("legend " + e.className, getComputedStyle(e).borderColor, back);
	}
	return found;
})()`

// TestTimelineContrast measures what axe does not: WCAG 1.4.11 asks for 3:1 of
// a shape that says something, in each scheme and with the system's own colours.
func TestTimelineContrast(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	kinds := map[string]bool{}
	for _, path := range pages(t) {
		if len(timelines(t, path)) == 0 {
			continue
		}
		tab.open(server.URL + path)
		for _, mode := range []struct{ scheme, forced string }{{"light", "none"}, {"dark", "none"}, {"light", "active"}, {"dark", "active"}} {
			call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: mode.scheme}, {Name: "forced-colors", Value: mode.forced},
			}})
			for what, contrast := range eval[map[string]float64](tab, contrasts) {
				kinds[what] = true
				least := 3.0
				if what[:4] == "text" {
					least = 4.5
				}
				assert.GreaterOrEqual(t, contrast, least, "%s: %s, %v", path, what, mode)
			}
		}
	}
	for _, what := range []string{"shape e sync", "shape e clock", "shape e end", "shape e print", "shape wake", "shape e start", "text lane", "legend clock"} {
		require.True(t, kinds[what], "%s in %v", what, kinds)
	}
}

// TestLegendHoldsTogether reads the legends on narrow phones: a sign and its
// word stand on one line.
func TestLegendHoldsTogether(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 320, scheme: "light"})
	tab.open(server.URL + chapter)
	for width := int64(320); width < 440; width += 6 {
		tab.resize(width, 900)
		assert.Empty(t, eval[[]string](tab, `[...document.querySelectorAll(".timeline p i")].filter((sign) => {
			const word = document.createRange();
			word.setStart(sign.nextSibling, 1);
			word.setEnd(sign.nextSibling, 3);
			return word.getBoundingClientRect().top > sign.getBoundingClientRect().bottom;
		}).map((sign) => sign.className)`), "%d px", width)
	}
}
