package site

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCopy presses every Copy and Copy program button of every page.
func TestCopy(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	for _, path := range pages(t) {
		t.Run(path, func(t *testing.T) {
			tab := openTab(t, view{width: 1280, scheme: "light"})
			tab.open(server.URL + path)
			tab.until(`document.querySelectorAll("[data-copy]").length === document.querySelectorAll("[data-copy] button:last-child").length`)
			for i, f := range fences(t, path) {
				assert.Equal(t, f.body, tab.copy(i, "Copy"), "block %d", i+1)
				if program := programOf(f); program != "" {
					assert.Equal(t, program, tab.copy(i, "Copy program"), "block %d: program", i+1)
				}
			}
			require.Empty(t, tab.complaints())
		})
	}
}

// copy presses the named button of the block, waits until the page says that
// it copied, and returns what is on the clipboard.
func (b *tab) copy(block int, name string) string {
	b.t.Helper()
	found := eval[bool](b, `(() => {
		document.querySelector("#pressed")?.removeAttribute("id");
		document.querySelector("[data-announce]").textContent = "";
		const buttons = document.querySelectorAll("[data-copy]")[`+itoa(block)+`].querySelectorAll("button");
		const button = [...buttons].find((b) => b.textContent === "`+name+`");
		if (button) button.id = "pressed";
		return Boolean(button);
	})()`)
	require.True(b.t, found, "block %d has no button %q", block+1, name)
	b.press("#pressed")
	b.until(`document.querySelector("[data-announce]").textContent === "` + name + `: copied"`)
	require.Equal(b.t, "Copied", eval[string](b, `document.querySelector("#pressed").textContent`))
	return eval[string](b, `navigator.clipboard.readText()`)
}

var declaration = regexp.MustCompile(`^((?:\w+/)*\w+)\.([A-Z]\w*)$`)

// programOf returns the whole program that a block offers, or nothing.
func programOf(f fence) string {
	if f.lang != "go" {
		return ""
	}
	for _, name := range []string{f.source, declaration.ReplaceAllString(f.source, "$1.Example$2")} {
		text, err := os.ReadFile(filepath.Join(public, "programs", name+".go"))
		if err == nil {
			return string(text)
		}
	}
	return ""
}

// TestCopyFails hears about a program that cannot be fetched.
func TestCopyFails(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + pageWithProgram(t))
	tab.until(`document.querySelector("[data-copy] button")`)
	server.Close()
	eval[bool](tab, `(() => {
		const button = [...document.querySelectorAll("[data-copy] button")].find((b) => b.textContent === "Copy program");
		button.id = "pressed";
		return true;
	})()`)
	tab.press("#pressed")
	tab.until(`document.querySelector("[data-announce]").textContent.startsWith("Copy program: failed")`)
}

func pageWithProgram(t *testing.T) string {
	t.Helper()
	for _, path := range pages(t) {
		for _, f := range fences(t, path) {
			if programOf(f) != "" {
				return path
			}
		}
	}
	t.Skip("no page offers a program")
	return ""
}

// TestTheme chooses the dark theme on a light system, and finds it again on
// the next page before anything was painted.
func TestTheme(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + "/")
	background := `getComputedStyle(document.documentElement).backgroundColor`
	light := eval[string](tab, background)
	for _, theme := range []string{"light", "dark"} {
		tab.press("[data-theme-toggle]")
		tab.until(`document.querySelector("[data-theme-toggle]").textContent === "Theme: ` + theme + `"`)
		tab.until(`document.querySelector("[data-announce]").textContent === "Theme: ` + theme + `"`)
	}
	dark := eval[string](tab, background)
	assert.NotEqual(t, light, dark)

	tab.open(server.URL + "/404.html")
	assert.Equal(t, "dark", eval[string](tab, "window.themeAtFirstPaint"))
	assert.Equal(t, dark, eval[string](tab, background))
	assert.Equal(t, "Theme: dark", eval[string](tab, `document.querySelector("[data-theme-toggle]").textContent`))
	assert.Zero(t, eval[float64](tab, layoutShift))

	tab.press("[data-theme-toggle]")
	tab.until(`document.querySelector("[data-theme-toggle]").textContent === "Theme: system"`)
	assert.Equal(t, light, eval[string](tab, background))
	require.Empty(t, tab.complaints())
}
