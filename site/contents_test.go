package site

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestContents scrolls through a chapter and reads which section is marked.
func TestContents(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1920, scheme: "dark"})
	tab.moved(server.URL + chapter)
	marked := `document.querySelector(".toc [aria-current=true]")?.hash`
	assert.Empty(t, eval[string](tab, marked+` ?? ""`), "above the first section")
	for _, hash := range eval[[]string](tab, `[...document.querySelectorAll(".toc a")].map((a) => a.hash)`) {
		tab.press(`.toc a[href="` + hash + `"]`)
		tab.until(marked + ` === "` + hash + `"`)
	}
	eval[any](tab, `scrollTo(0, 0);0`)
	tab.until(`!document.querySelector(".toc [aria-current]")`)
}
