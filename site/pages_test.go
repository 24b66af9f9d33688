package site

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var views = []view{
	{width: 320, scheme: "light"},
	{width: 390, scheme: "light"},
	{width: 390, scheme: "dark"},
	{width: 1280, scheme: "light"},
	{width: 1280, scheme: "dark"},
}

// TestPages looks at every page in every view.
func TestPages(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	for _, path := range pages(t) {
		for _, v := range views {
			t.Run(path+" "+v.String(), func(t *testing.T) {
				tab := openTab(t, v)
				tab.open(server.URL + path)
				assert.LessOrEqual(t, tab.requests, maxRequests, "requests")
				assert.Zero(t, eval[float64](tab, "window.layoutShift"), "layout shift")
				assert.LessOrEqual(t, eval[int64](tab, "document.documentElement.scrollWidth"), v.width, "the page scrolls sideways")
				checkPairs(t, tab, pairs(fences(t, path)), v.width)
				assert.Empty(t, tab.complaints())
			})
		}
	}
}

// checkPairs compares the boxes of each asyncio block and its Go block.
func checkPairs(t *testing.T, tab *tab, pairs []int, width int64) {
	for _, i := range pairs {
		box := eval[struct{ Left, Right, Stacked bool }](tab, `(() => {
			const all = document.querySelectorAll("[data-copy]");
			const [a, b] = [all[`+itoa(i)+`], all[`+itoa(i+1)+`]].map((e) => e.getBoundingClientRect());
			return {
				left: a.right <= b.left && a.top === b.top,
				right: Math.abs(a.width - b.width) < 1,
				stacked: a.bottom <= b.top && a.left === b.left,
			};
		})()`)
		if width >= 1280 {
			assert.True(t, box.Left && box.Right, "blocks %d and %d are not side by side", i, i+1)
		} else {
			assert.True(t, box.Stacked, "blocks %d and %d are not stacked", i, i+1)
		}
	}
}

type violation struct {
	ID    string
	Help  string
	Nodes []struct{ HTML, FailureSummary string }
}

// TestAxe runs axe-core, with all its rules, on every page in every view.
func TestAxe(t *testing.T) {
	startBrowser(t)
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		missing(t, "no axe-core: run npm ci in site/")
	}
	server := serve(t)
	for _, path := range pages(t) {
		for _, v := range views[1:] {
			t.Run(path+" "+v.String(), func(t *testing.T) {
				tab := openTab(t, v)
				tab.open(server.URL + path)
				eval[any](tab, string(axe)+";0")
				found := eval[[]violation](tab, `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations)`)
				for _, v := range found {
					assert.Fail(t, v.ID+": "+v.Help, "%+v", v.Nodes)
				}
			})
		}
	}
}

// TestWithoutScripts reads and walks the site with JavaScript switched off.
func TestWithoutScripts(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	for _, path := range pages(t) {
		for _, width := range []int64{390, 1280} {
			tab := openTab(t, view{width: width, scheme: "dark", noJS: true})
			tab.open(server.URL + path)
			state := eval[struct {
				Hidden, Dead []string
				Menu         bool
			}](tab, `({
				hidden: [...document.querySelectorAll("main *")].filter((e) => !e.closest("thead") && !e.checkVisibility({ visibilityProperty: true })).map((e) => e.outerHTML),
				dead: [...document.querySelectorAll("button:not([popovertarget])")].filter((e) => e.checkVisibility({ visibilityProperty: true })).map((e) => e.textContent),
				menu: document.querySelector("#menu").checkVisibility(),
			})`)
			assert.Empty(t, state.Hidden, "%s: hidden without scripts", path)
			assert.Empty(t, state.Dead, "%s: buttons that need scripts", path)
			if !state.Menu {
				tab.press(`[popovertarget=menu]`)
				tab.until(`document.querySelector("#menu").matches(":popover-open")`)
			}
			require.Empty(t, tab.complaints())
		}
	}
}
