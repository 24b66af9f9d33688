package site

import (
	"os"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// looks are those of windows. Axe-core looks at the narrowest, in dark, and at
// the widest, in light: they show different things, and between them nothing is
// new. What takes its time is to compare colours.
var looks = []view{
	{width: 320, scheme: "dark"}, {width: 390, scheme: "light"},
	{width: 768, scheme: "light"}, {width: 1280, scheme: "light"},
}

// eachPage visits every page in each of the views, some views at a time.
func eachPage(t *testing.T, views []view, check func(t *testing.T, tab *tab, path string, v view)) {
	startBrowser(t)
	server := serve(t)
	paths := pages(t)
	for _, v := range views {
		t.Run(v.String(), func(t *testing.T) {
			t.Parallel()
			tab := openTab(t, v)
			for _, path := range paths {
				t.Run(path, func(t *testing.T) {
					tab.t = t
					tab.open(server.URL + path)
					check(t, tab, path, v)
					assert.Empty(t, tab.complaints())
				})
			}
		})
	}
}

// TestPages looks at every page in every width: its layout, and what axe-core
// finds with its rules. Dark differs from light in colours alone: two pages stand
// for the others in the scheme that a width leaves out. TestEveryView has axe-core
// look at the rest, too.
func TestPages(t *testing.T) {
	axe := readAxe(t)
	eachPage(t, looks, func(t *testing.T, tab *tab, path string, v view) {
		assert.LessOrEqual(t, tab.requests, maxRequests, "requests")
		assert.Zero(t, eval[float64](tab, layoutShift), "layout shift")
		assert.LessOrEqual(t, eval[int64](tab, "document.documentElement.scrollWidth"), v.width, "the page scrolls sideways")
		eval[any](tab, `document.querySelectorAll("details").forEach((e) => { e.open = true; });0`)
		if path != "/" { // its pair stands side by side from 48rem
			checkPairs(t, tab, pairs(fences(t, path)), v.width)
		}
		if v.width == 390 {
			checkCommentsWrap(t, tab, path)
		}
		if axe == "" || v != looks[0] && v != looks[len(looks)-1] {
			return
		}
		checkAxe(t, tab, axe, allRules)
		if path == "/" || path == chapter {
			tab.prefers(map[string]string{"dark": "light", "light": "dark"}[v.scheme])
			checkAxe(t, tab, "", `runOnly: ["color-contrast", "link-in-text-block"]`)
			tab.prefers(v.scheme)
		}
	})
}

// TestEveryView has axe-core look at every page with all of its rules, in the
// widths that readers have, light and dark, in colours that the system forces,
// and as it is printed. It takes many minutes, so make axe asks for it.
func TestEveryView(t *testing.T) {
	if os.Getenv("EVERY_VIEW") == "" {
		t.Skip("make axe asks for every view")
	}
	axe := readAxe(t)
	require.NotEmpty(t, axe)
	var views []view
	for _, width := range []int64{320, 390, 768, 1024, 1280, 1440, 1920} {
		views = append(views, view{width: width, scheme: "light"})
	}
	eachPage(t, views, func(t *testing.T, tab *tab, path string, v view) {
		eval[any](tab, `document.querySelectorAll("details").forEach((e) => { e.open = true; });0`)
		checkAxe(t, tab, axe, allRules)
		for _, media := range []emulation.SetEmulatedMediaParams{
			{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}},
			{Features: []*emulation.MediaFeature{{Name: "forced-colors", Value: "active"}}},
			{Media: "print"},
		} {
			call(tab, emulation.SetEmulatedMedia, media)
			checkAxe(t, tab, "", allRules)
		}
		tab.prefers(v.scheme)
	})
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

// readAxe returns the source of axe-core, or says in one line that there is
// none.
func readAxe(t *testing.T) string {
	t.Helper()
	axe, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		require.Empty(t, os.Getenv("REQUIRE_TOOLS"), "no axe-core: run npm ci in site/")
		t.Log("accessibility is not checked: no axe-core; run npm ci in site/")
	}
	return string(axe)
}

const allRules = `rules: {}`

// checkAxe runs rules on the page as it stands. An empty axe says that the page
// has it.
func checkAxe(t *testing.T, tab *tab, axe, rules string) {
	t.Helper()
	eval[any](tab, axe+";0")
	found := eval[[]violation](tab, `axe.run(document, { resultTypes: ["violations"], `+rules+` }).then((r) => r.violations)`)
	for _, v := range found {
		assert.Fail(t, v.ID+": "+v.Help, "%+v", v.Nodes)
	}
}

// TestWithoutScripts reads and walks the site with JavaScript switched off.
func TestWithoutScripts(t *testing.T) {
	noJS := []view{{width: 390, scheme: "dark", noJS: true}}
	eachPage(t, noJS, withoutScripts)
	t.Run("wide", func(t *testing.T) { // where only the sidebar differs
		v := view{width: 1440, scheme: "light", noJS: true}
		tab := openTab(t, v)
		server := serve(t)
		for _, path := range []string{"/", chapter, "/guides/when/"} {
			tab.open(server.URL + path)
			withoutScripts(t, tab, path, v)
		}
	})
}

func withoutScripts(t *testing.T, tab *tab, path string, v view) {
	state := eval[struct {
		Hidden, Dead []string
		Menu         bool
	}](tab, `(() => {
			const folded = "details > :not(summary), details > :not(summary) *, marker, marker *";
			const shown = (e) => e.checkVisibility({ visibilityProperty: true });
			return {
				hidden: [...document.querySelectorAll("main :not(th, [data-search], .toc, .toc *)")].filter((e) => !shown(e) && !e.matches(folded)).map((e) => e.outerHTML),
				dead: [...document.querySelectorAll("button:not([popovertarget])")].filter(shown).map((e) => e.textContent),
				menu: shown(document.querySelector("#menu")),
			};
		})()`)
	assert.Empty(t, state.Hidden, "hidden without scripts")
	assert.Empty(t, state.Dead, "buttons that need scripts")
	assert.Equal(t, v.width > 1280 && path != "/", state.Menu, "the sidebar is shown")
	if !state.Menu {
		tab.press(`[popovertarget=menu]`)
		assert.True(t, eval[bool](tab, `document.querySelector("#menu").matches(":popover-open")`), "Menu opens")
	}
	if eval[bool](tab, `document.querySelector(".contents")?.checkVisibility() ?? false`) {
		tab.press(`[popovertarget=toc]`)
		assert.True(t, eval[bool](tab, `document.querySelector("#toc").matches(":popover-open")`), "the contents open")
	}
}
