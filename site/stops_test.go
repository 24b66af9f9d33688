package site

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestStops counts the blocks that take the focus: those that scroll, in a
// wide window and in a narrow one.
func TestStops(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1920, scheme: "light"})
	tab.moved(server.URL + chapter)
	for _, width := range []int64{1920, 390, 1920} {
		tab.resize(width, 900)
		tab.until(`[...document.querySelectorAll("pre")].filter((e) => e.checkVisibility()).every((e) => (e.tabIndex === 0) === (e.scrollWidth > e.clientWidth))`)
		stops := eval[int](tab, `[...document.querySelectorAll("pre[tabindex]")].filter((e) => e.checkVisibility()).length`)
		assert.Equal(t, width < 1000, stops > 0, "%d px: %d stops", width, stops)
	}
	assert.Empty(t, tab.complaints())
}
