package site

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A fence is a block of code as its page's Markdown holds it: what a reader
// copies must be its body, whatever the layouts did to it.
type fence struct {
	lang, kind, source, side string
	body                     string
	follows                  bool // directly after another fence
}

var (
	opening   = regexp.MustCompile("^(```+)(\\w*)(?: \\{(.*)\\})?$")
	attribute = regexp.MustCompile(`(\w+)="([^"]*)"`)
)

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

func allFences(t *testing.T, path string) (found []fence) {
	t.Helper()
	text, err := os.ReadFile(markdown(path))
	if os.IsNotExist(err) { // a list of pages, made by Hugo alone
		return nil
	}
	require.NoError(t, err)
	lines := strings.SplitAfter(string(text), "\n")
	follows := false
	for i := 0; i < len(lines); i++ {
		line := strings.TrimRight(lines[i], "\n")
		start := opening.FindStringSubmatch(line)
		if start == nil {
			follows = follows && strings.TrimSpace(line) == ""
			continue
		}
		f := fence{lang: start[2], follows: follows}
		title := ""
		for _, a := range attribute.FindAllStringSubmatch(start[3], -1) {
			if a[1] == "snippet" || a[1] == "output" || a[1] == "file" {
				f.source = a[2]
				f.kind = a[1]
			}
			if a[1] == "title" {
				title = a[2]
			}
		}
		f.side = side(f.lang, f.kind, f.source, title)
		for i++; strings.TrimSpace(lines[i]) != start[1]; i++ {
			f.body += lines[i]
		}
		found = append(found, f)
		follows = true
	}
	return found
}

// side repeats the contract's rule, so that the layouts are held to it.
func side(lang, kind, source, title string) string {
	_, section, _ := strings.Cut(source, ":")
	switch {
	case kind == "":
		return ""
	case lang == "text" && strings.Contains(strings.ToLower(title), "both"):
		return "both"
	case lang == "python", kind == "file" && strings.HasPrefix(section, "asyncio"):
		return "asyncio"
	case lang == "go", kind == "output", kind == "file" && strings.HasPrefix(section, "go-"):
		return "go"
	}
	return ""
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
		for _, n := range all(parse(t, builtFile(path))) {
			if n.Data != "figure" || attr(n, "data-timeline") != "" {
				continue // timelines have tests of their own
			}
			f := fence{source: attr(n, "data-source"), side: attr(n, "data-side")}
			for pre := range n.Descendants() {
				if pre.Data == "pre" {
					f.body = textOf(pre)
				}
			}
			figures = append(figures, f)
		}
		want := fences(t, path)
		require.Len(t, figures, len(want), path)
		for i, f := range want {
			assert.Equal(t, f.body, figures[i].body, "%s: block %d", path, i+1)
			assert.Equal(t, f.source, figures[i].source, "%s: block %d", path, i+1)
			assert.Equal(t, f.side, figures[i].side, "%s: block %d", path, i+1)
		}
	}
}
