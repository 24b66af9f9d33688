package site

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/awaitless/awaitless/internal/highlight"
	"github.com/awaitless/awaitless/internal/page"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// A fence is a block of code as its page's Markdown holds it: what a reader
// copies must be its body, whatever the layouts did to it.
type fence struct {
	lang, kind, source, side string
	body                     string
	follows                  bool // directly after another fence
	line                     int
}

// fences reads the blocks of code of the Markdown file behind a page, in their
// order.
func fences(t *testing.T, path string) (found []fence) {
	t.Helper()
	drawn := false
	for _, f := range allFences(t, path) {
		f.follows = f.follows && !drawn
		if drawn = f.lang == "csv"; !drawn {
			found = append(found, f)
		}
	}
	return found
}

// timelines reads the data of the timelines behind a page.
func timelines(t *testing.T, path string) (found []string) {
	t.Helper()
	for _, f := range allFences(t, path) {
		if f.lang == "csv" {
			found = append(found, f.body)
		}
	}
	return found
}

// allFences has the grammar of internal/page, which also says the side of each, so
// that the layouts are held to it.
func allFences(t *testing.T, path string) (found []fence) {
	t.Helper()
	text, err := os.ReadFile(markdown(path))
	if os.IsNotExist(err) { // a list of pages, made by Hugo alone
		return nil
	}
	require.NoError(t, err)
	p, err := page.Parse(text)
	require.NoError(t, err, markdown(path))
	for _, b := range p.Blocks {
		f := fence{lang: b.Lang, kind: b.Kind, source: b.Source, side: b.On(), body: b.Body, follows: b.Follows, line: b.Line}
		found = append(found, f)
	}
	return found
}

// countOf counts the elements of a name in n.
func countOf(n *html.Node, name string) (count int) {
	for child := range n.Descendants() {
		if child.Data == name {
			count++
		}
	}
	return count
}

// pairs returns the index of each asyncio fence directly before a Go fence.
func pairs(all []fence) (first []int) {
	for i := 1; i < len(all); i++ {
		if all[i].follows && all[i-1].side == "asyncio" && all[i].side == "go" {
			first = append(first, i-1)
		}
	}
	return first
}

func markdown(path string) string {
	dir := os.Getenv("HUGO_CONTENTDIR")
	if dir == "" {
		dir = "../content"
	}
	name := filepath.Join(dir, filepath.FromSlash(path))
	if index := filepath.Join(name, "_index.md"); exists(index) || path == "/" {
		return index
	}
	return strings.TrimSuffix(name, "/") + ".md"
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

var itoa = strconv.Itoa

// TestFences compares every block of every page with its Markdown.
func TestFences(t *testing.T) {
	for _, path := range pages(t) {
		var figures []fence
		var coloured []int // elements in each
		for _, n := range all(parse(t, builtFile(path))) {
			if n.Data != "figure" || attr(n, "data-timeline") != "" {
				continue // timelines have tests of their own
			}
			f := fence{source: attr(n, "data-source"), side: attr(n, "data-side")}
			for pre := range n.Descendants() {
				if pre.Data == "pre" {
					f.body = textOf(pre)
					coloured = append(coloured, countOf(pre, "samp")+countOf(pre, "i"))
				}
			}
			figures = append(figures, f)
		}
		want := fences(t, path)
		assert.Len(t, figures, len(want), "%s: blocks", path)
		for i, f := range want[:min(len(want), len(figures))] {
			at := fmt.Sprintf("%s:%d", markdown(path), f.line)
			same := assert.Equal(t, f.source, figures[i].source, at) && assert.Equal(t, f.body, figures[i].body, at)
			assert.Equal(t, f.side, figures[i].side, at)
			marked := highlight.HTML(f.lang, f.body)
			assert.Equal(t, strings.Count(marked, "</"), coloured[i], "%s: comments and strings with their colours", at)
			if !same {
				break // what follows is one off
			}
		}
	}
}
