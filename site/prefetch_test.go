package site

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestPrefetch fetches the next page, and a page that the focus rests on.
func TestPrefetch(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1440, scheme: "light"})
	tab.open(server.URL + chapter)
	hinted := func(selector string) string {
		return `[...document.querySelectorAll("link[rel=prefetch]")].some((l) => l.href === document.querySelector("` + selector + `").href)`
	}
	require.False(t, eval[bool](tab, hinted(".pager [rel=next]")), "before the reader moved")
	tab.do(chromedp.Focus(chromedp.CSS(".crumb li + li a")))
	tab.until(hinted(".pager [rel=next]"))
	tab.do(chromedp.Focus(chromedp.CSS(".pager [rel=prev]")))
	tab.until(hinted(".pager [rel=prev]"))
	fetched := `performance.getEntriesByName(document.querySelector(".pager [rel=prev]").href).length`
	tab.until(fetched)
	assert.Empty(t, tab.complaints(), "the policy allows it")
}
