package site

import (
	"bytes"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPrint prints a chapter, chosen dark on a dark system, as a PDF, and
// looks at the page as paper shows it.
func TestPrint(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "dark"})
	tab.open(server.URL + chapter)
	result, err := chromedp.Call(tab.ctx, page.PrintToPDF, page.PrintToPDFParams{PreferCSSPageSize: new(true)})
	require.NoError(t, err)
	require.True(t, bytes.HasPrefix(result.Data, []byte("%PDF-")))
	pages := bytes.Count(result.Data, []byte("/Type /Page\n")) + bytes.Count(result.Data, []byte("/Type /Page/")) + bytes.Count(result.Data, []byte("/Type /Page "))
	assert.True(t, pages > 3 && pages < 35, "%d pages", pages)

	call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media:    "print",
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}},
	})
	tab.resize(420, 620) // a small sheet
	paper := eval[struct {
		Controls, Clipped, Beside, Hidden []string
		Ink, Address                      string
	}](tab, `(() => {
		document.documentElement.dataset.theme = "dark";
		const texts = (elements) => elements.map((e) => e.textContent.trim().slice(0, 40));
		const every = (selector) => [...document.querySelectorAll(selector)];
		const shown = (e) => e.checkVisibility({ visibilityProperty: true });
		const style = (e, pseudo) => getComputedStyle(e, pseudo);
		return {
			controls: texts(every("button, nav:not(.crumb), .skip, .page-foot a").filter(shown)),
			clipped: texts(every("pre").filter((e) => e.scrollWidth > e.clientWidth)),
			beside: texts(every(".code").filter((e) => e.getBoundingClientRect().left > 32)),
			hidden: texts(every("main .prose :is(p, .code pre, li, h2, h3, td, svg)").filter((e) => !shown(e))),
			ink: style(document.body).color,
			address: style(document.querySelector(".prose a[href^=http]"), "::after").content,
		};
	})()`)
	assert.Empty(t, paper.Controls, "controls on paper")
	assert.Empty(t, paper.Clipped, "code runs off the paper")
	assert.Empty(t, paper.Beside, "blocks are not stacked")
	assert.Empty(t, paper.Hidden, "missing on paper")
	assert.Equal(t, "rgb(28, 34, 38)", paper.Ink, "dark ink, whatever the theme")
	assert.Contains(t, paper.Address, "https://", "a link's address")
	assert.Empty(t, tab.complaints())
}
