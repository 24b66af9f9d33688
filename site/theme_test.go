package site

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheme chooses the dark theme on a light system, and finds it again on
// the next page before anything was painted.
func TestTheme(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + "/")
	background := `getComputedStyle(document.documentElement).backgroundColor`
	light := eval[string](tab, background)
	bar := `[...document.querySelectorAll("[name=theme-color]")].filter((e) => matchMedia(e.media).matches).map((e) => e.content).join()`
	assert.Equal(t, "#fff", eval[string](tab, bar))
	for _, theme := range []string{"light", "dark"} {
		tab.press("[data-theme-toggle]")
		tab.until(`document.querySelector("[data-theme-toggle]").textContent === "Theme: ` + theme + `"`)
		tab.until(`document.querySelector("[data-announce]").textContent === "Theme: ` + theme + `"`)
	}
	dark := eval[string](tab, background)
	assert.NotEqual(t, light, dark)
	assert.Equal(t, "#14171a", eval[string](tab, bar), "what is around the page")

	tab.open(server.URL + "/404.html")
	assert.Equal(t, "dark", eval[string](tab, "window.themeAtFirstPaint"))
	assert.Equal(t, dark, eval[string](tab, background))
	assert.Equal(t, "Theme: dark", eval[string](tab, `document.querySelector("[data-theme-toggle]").textContent`))
	assert.Zero(t, eval[float64](tab, layoutShift))

	// What was chosen elsewhere holds at the reader's first move, and when the
	// browser shows a page again.
	eval[any](tab, `localStorage.setItem("awaitless-theme", "light")`)
	tab.do(chromedp.KeyEvent(kb.Shift))
	tab.until(background + ` === "` + light + `"`)
	tab.press("[data-theme-toggle]")
	tab.until(background + ` === "` + dark + `"`)
	eval[any](tab, `localStorage.setItem("awaitless-theme", "light"); dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))`)
	assert.Equal(t, light, eval[string](tab, background))
	assert.Equal(t, "Theme: light", eval[string](tab, `document.querySelector("[data-theme-toggle]").textContent`))
	tab.press("[data-theme-toggle]")

	tab.press("[data-theme-toggle]")
	tab.until(`document.querySelector("[data-theme-toggle]").textContent === "Theme: system"`)
	assert.Equal(t, light, eval[string](tab, background))
	assert.Equal(t, "#fff", eval[string](tab, bar))
	require.Empty(t, tab.complaints())
}
