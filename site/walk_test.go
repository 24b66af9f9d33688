package site

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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
	use(b, ".contents")
	b.until(`document.querySelector("#toc:popover-open")`)
	for _, link := range []string{".toc > ul > li:nth-child(3) > a", "#when-not-to .anchor"} {
		hash := eval[string](b, `document.querySelector("`+link+`").hash`)
		use(b, link)
		b.until(`location.hash === "` + hash + `" && Math.abs(document.querySelector("` + hash + `").getBoundingClientRect().top) < 100`)
	}
	require.Empty(b.t, eval[string](b, `document.querySelector("#toc:popover-open")?.textContent ?? ""`), "the contents are closed")
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
