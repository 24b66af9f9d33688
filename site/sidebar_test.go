package site

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSidebarKeepsItsPlace scrolls the sidebar, opens another page, and finds
// it there before anything has shifted.
func TestSidebarKeepsItsPlace(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1440, scheme: "light"})
	tab.resize(1440, 400)
	tab.moved(server.URL + chapter)
	place := `document.querySelector("#menu").scrollTop`
	eval[any](tab, place+` = 60;0`)
	require.Equal(t, 60.0, eval[float64](tab, place))
	next := eval[string](tab, `document.querySelector(".pager [rel=next]").pathname`)
	tab.press(".pager [rel=next]")
	tab.arrives(next)
	assert.Equal(t, 60.0, eval[float64](tab, place))
	assert.Zero(t, eval[float64](tab, layoutShift))

	// The last chapter stands far below: its link is seen all the same.
	tab.open(server.URL + "/patterns/failures/")
	assert.True(t, eval[bool](tab, `(() => {
		const link = document.querySelector("#menu [aria-current]").getBoundingClientRect();
		return link.top > 0 && link.bottom < innerHeight;
	})()`))
	assert.Zero(t, eval[float64](tab, layoutShift))
	assert.Zero(t, eval[float64](tab, `scrollY`))
	assert.Empty(t, tab.complaints())
}

// TestSidebarIsNoMove opens a page whose place in the sidebar is far down: that
// the list scrolls there is not a reader who moves.
func TestSidebarIsNoMove(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1440, scheme: "light"})
	tab.resize(1440, 400)
	requested := tab.requested()
	tab.open(server.URL + "/patterns/failures/")
	require.Positive(t, eval[int](tab, `document.querySelector("#menu").scrollTop`))
	eval[any](tab, layoutShift)
	assert.NotContains(t, requested(), "/tools.")
	tab.do(chromedp.KeyEvent("x"))
	tab.until(`performance.getEntriesByType("resource").some((e) => e.name.match(/tools\..*\.js/))`)
	require.Empty(t, tab.complaints())
}
