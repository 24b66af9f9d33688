package site

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSidesOffered finds the choice on the pages with both sides, and on no
// other: elsewhere it could hide all that a page has.
func TestSidesOffered(t *testing.T) {
	offers := 0
	for _, path := range pages(t) {
		has := map[string]bool{}
		for _, f := range fences(t, path) {
			has[f.side] = true
		}
		offered := false
		for _, n := range all(parse(t, builtFile(path))) {
			offered = offered || attr(n, "class") == "sides"
		}
		// The home page shows one pair, whatever its reader keeps elsewhere.
		assert.Equal(t, has["asyncio"] && has["go"] && path != "/", offered, path)
		if offered {
			offers++
		}
	}
	assert.NotZero(t, offers)
}

// TestSides chooses a side by keyboard, and finds the choice on the next
// page before anything was painted.
func TestSides(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	path := "/patterns/gather/"
	tab.open(server.URL + path)
	tab.checkSides(path, "both")
	for _, side := range []string{"asyncio", "go"} {
		tab.press("[data-sides] [value=" + side + "]")
		tab.until(`document.querySelector("[data-announce]").textContent.toLowerCase() === "code: ` + side + ` only"`)
		tab.checkSides(path, side)
	}
	path = "/guides/pitfalls/global/"
	tab.open(server.URL + path)
	assert.Equal(t, "go", eval[string](tab, "window.sideAtFirstPaint"))
	tab.checkSides(path, "go")
	assert.Zero(t, eval[float64](tab, layoutShift))

	// Another tab hears of the choice.
	other := openTab(t, view{width: 390, scheme: "dark"})
	other.open(server.URL + path)
	other.checkSides(path, "go")
	other.do(chromedp.KeyEvent("\t")) // fetches the tools
	other.until(toolsAreThere)
	tab.press("[data-sides] [value=both]")
	other.until(`document.querySelector("[data-sides] [value=both]").ariaPressed === "true"`)
	other.checkSides(path, "both")
	require.Empty(t, tab.complaints())
	require.Empty(t, other.complaints())
}

// checkSides looks which button is pressed, and which blocks are shown.
func (b *tab) checkSides(path, side string) {
	b.t.Helper()
	eval[any](b, `document.querySelectorAll("details").forEach((e) => { e.open = true; });0`)
	assert.Equal(b.t, []string{side}, eval[[]string](b, `[...document.querySelectorAll("[data-sides] [aria-pressed=true]")].map((e) => e.value)`))
	shown := eval[[]bool](b, `[...document.querySelectorAll("[data-copy]")].map((e) => e.checkVisibility())`)
	for i, f := range fences(b.t, path) {
		hidden := side != "both" && (f.side == "go" || f.side == "asyncio") && f.side != side
		assert.Equal(b.t, !hidden, shown[i], "%s, block %d, which is %q, when the choice is %s", path, i+1, f.side, side)
	}
	assert.Zero(b.t, eval[int](b, `[...document.querySelectorAll(".prose > :not(.code, .timeline)")].filter((e) => !e.checkVisibility()).length`), "prose is hidden")
}

// TestSidesStays walks through the sides with "c", and sees each heading
// where it was. The browser's own scroll anchoring, which not all have, is off.
func TestSidesStays(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	for _, v := range []view{{width: 390, scheme: "light"}, {width: 1280, scheme: "dark"}} {
		tab := openTab(t, v)
		tab.open(server.URL + "/patterns/gather/")
		eval[any](tab, `(() => {
			localStorage.clear();
			document.documentElement.style.overflowAnchor = "none";
			document.documentElement.dataset.show = "both";
			document.querySelector("#variations").scrollIntoView();
		})()`)
		tab.until(toolsAreThere)
		top := `document.querySelector("#variations").getBoundingClientRect().top`
		was, height := eval[float64](tab, top), eval[float64](tab, "document.body.offsetHeight")
		for _, side := range []string{"go", "asyncio", "both"} {
			tab.do(chromedp.KeyEvent("c"))
			tab.until(`document.documentElement.dataset.show === "` + side + `"`)
			assert.InDelta(t, was, eval[float64](tab, top), 1, "%s, %s", v, side)
			if side != "both" {
				assert.Less(t, eval[float64](tab, "document.body.offsetHeight"), height-1000, "nothing was hidden")
			}
		}
		require.Empty(t, tab.complaints())
	}
}

// toolsAreThere once the second script has turned the proofs into buttons.
const toolsAreThere = `document.querySelector(".proof[role=button]")`

// TestSidesKey leaves alone what is typed, and what is meant for the browser.
func TestSidesKey(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(server.URL + "/patterns/gather/")
	side := func() string { return eval[string](tab, `document.documentElement.dataset.show`) }
	eval[any](tab, `localStorage.clear()`)
	for _, modifier := range []chromedp.Modifier{chromedp.ModifierCtrl, chromedp.ModifierAlt, chromedp.ModifierMeta} {
		tab.do(chromedp.KeyEvent("c", chromedp.KeyModifiers(modifier)))
	}
	tab.until(toolsAreThere)
	assert.Equal(t, "both", side())
	for _, field := range []string{"<input>", "<textarea></textarea>", "<select><option>c</select>", "<p contenteditable>x</p>", "<dialog open><button>x</button></dialog>"} {
		eval[any](tab, `(() => {
			document.querySelector(".prose").innerHTML = "`+field+`";
			document.querySelector(".prose :is(button, :first-child:not(dialog))").focus();
		})()`)
		tab.do(chromedp.KeyEvent("c"))
		assert.Equal(t, "both", side(), field)
	}
	eval[any](tab, `document.activeElement.blur()`)
	tab.do(chromedp.KeyEvent("c"))
	tab.until(`document.documentElement.dataset.show === "go"`)

	tab.open(server.URL + "/patterns/gather/")
	tab.do(chromedp.KeyEvent("c")) // also when it is the first move
	tab.until(`document.documentElement.dataset.show === "asyncio"`)
}

// TestSidesByTouch taps the choice before the tools have been fetched.
func TestSidesByTouch(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 390, scheme: "dark"})
	tab.open(server.URL + "/patterns/gather/")
	tab.tap("[data-sides] [value=asyncio]")
	tab.until(`document.querySelector("[data-sides] [value=asyncio]").ariaPressed === "true"`)
	tab.checkSides("/patterns/gather/", "asyncio")
	require.Empty(t, tab.complaints())
}

// TestGoStandsRight opens every page where pairs stand side by side: what is
// Go's in a row after an asyncio block stands in one column, with what the last
// of it prints, and what asyncio prints is asyncio's.
func TestGoStandsRight(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	rows := 0
	for _, path := range pages(t) {
		tab.open(server.URL + path)
		found := eval[struct {
			Rows        int
			Left, Other []string
		}](tab, `(() => {
			const found = { rows: 0, left: [], other: [] };
			for (const first of document.querySelectorAll("main > .prose > .code[data-side=asyncio]:not(.output) + .code[data-side=go]:not(.output)")) {
				if (!first.checkVisibility()) continue;
				const row = [first];
				for (let e = first; e.matches(":not(.output)"); row.push(e)) {
					e = e.nextElementSibling;
					if (!e?.matches(".code:not([data-side=asyncio])")) break;
				}
				found.rows += row.length > 2;
				const { left } = first.getBoundingClientRect();
				found.left.push(...row.filter((e) => e.getBoundingClientRect().left !== left).map((e) => e.dataset.source));
			}
			found.other = [...document.querySelectorAll(".output:not([data-side=asyncio])")]
				.filter((e) => e.textContent.startsWith("asyncio prints")).map((e) => e.dataset.source);
			return found;
		})()`)
		rows += found.Rows
		assert.Empty(t, found.Left, "%s: not in the column of Go", path)
		assert.Empty(t, found.Other, "%s: not on asyncio's side", path)
	}
	assert.Positive(t, rows)
}
