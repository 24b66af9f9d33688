package site

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// TestHomeShowsIt opens the home page in the windows of laptops and of a phone.
// The promise, a pair of programs with what they print, their timelines, and
// where to begin stand in the first screen.
func TestHomeShowsIt(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	for _, size := range [][2]int64{{1280, 720}, {1440, 790}, {390, 844}} {
		tab.resize(size[0], size[1])
		tab.open(server.URL)
		tab.until(`document.querySelector(".mast .button")`)
		below := eval[[]string](tab, `[...document.querySelectorAll(".mast :is(h1, .go-on a, .code, svg)")]
			.filter((e) => e.getBoundingClientRect().bottom > innerHeight).map((e) => e.outerHTML.slice(0, 60))`)
		assert.Empty(t, below, "%v: below the first screen", size)
		if size[0] > 1000 {
			assert.Empty(t, eval[[]string](tab, `[...document.querySelectorAll(".mast pre")]
				.filter((e) => e.scrollWidth > e.clientWidth).map((e) => e.textContent)`), "%v: cut", size)
		}
		assert.Equal(t, []int{2, 2}, eval[[]int](tab, `[document.querySelectorAll(".mast svg").length, document.querySelectorAll(".go-on a").length]`))
	}
	for _, f := range fences(t, "/")[:2] {
		assert.LessOrEqual(t, strings.Count(f.body, "\n"), 8, "lines of %s", f.source)
	}
}

// TestHomeLeadsToEverything finds a link to each chapter and guide, and to each
// table of names with its first rows.
func TestHomeLeadsToEverything(t *testing.T) {
	build(t)
	links := map[string]bool{}
	for _, n := range all(parse(t, builtFile("/"))) {
		if n.Data != "main" { // the menu has them, too
			continue
		}
		for below := range n.Descendants() {
			links[attr(below, "href")] = true
		}
	}
	for _, path := range pages(t) {
		if path != "/" && path != "/404.html" && !strings.HasPrefix(path, "/guides/pitfalls/") {
			assert.True(t, links[path], "no link to %s", path)
		}
	}
	rows := readIndex(t, public).Rows
	require.NotEmpty(t, rows)
	shown := map[string]int{}
	for _, row := range rows {
		if shown[row.Listed]++; shown[row.Listed] <= 8 {
			assert.True(t, links[row.URL], "no link to %s, where %s is", row.URL, row.Asyncio)
		}
	}
}

// TestInShortIsSeen opens each chapter in the window of a laptop: the Go that
// answers in short is there before its reader scrolls.
func TestInShortIsSeen(t *testing.T) {
	startBrowser(t)
	server := serve(t)
	tab := openTab(t, view{width: 1280, scheme: "light"})
	tab.resize(1280, 800)
	seen := 0
	for _, path := range pages(t) {
		if path == "/patterns/" || !strings.HasPrefix(path, "/patterns/") {
			continue
		}
		seen++
		tab.open(server.URL + path)
		bottom := eval[float64](tab, `document.querySelector("#in-short ~ [data-side=go] pre").getBoundingClientRect().bottom`)
		assert.LessOrEqual(t, bottom, 800.0, path)
	}
	assert.Positive(t, seen)
}

// TestListsSayTheNames finds in a list of pages the names that the sidebar has.
func TestListsSayTheNames(t *testing.T) {
	build(t)
	for _, path := range []string{"/patterns/", "/guides/", "/lookup/"} {
		names := 0
		elements := all(parse(t, builtFile(path)))
		for _, menu := range elements {
			if attr(menu, "id") != "menu" {
				continue
			}
			for link := range menu.Descendants() {
				if href := attr(link, "href"); !strings.HasPrefix(href, path) || href == path {
					continue
				}
				names++
				name := textOf(link)
				assert.True(t, slices.ContainsFunc(elements, func(n *html.Node) bool {
					return n.Data == "dt" && strings.HasPrefix(textOf(n), name)
				}), "%s: no %s", path, name)
			}
		}
		assert.Positive(t, names, path)
	}
}
