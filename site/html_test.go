package site

import (
	"bytes"
	"compress/gzip"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// What a content page may weigh before its reader presses anything.
const (
	maxPageGzip = 15 << 10
	maxDrawGzip = 25 << 10 // with timelines
	maxCSSGzip  = 4 << 10
	maxJSGzip   = 4 << 10
	maxRequests = 4
	maxElements = 1000
	maxDrawn    = 1100 // elements with timelines
)

func TestBudgets(t *testing.T) {
	for _, path := range pages(t) {
		checkBudget(t, public, path, maxDrawGzip)
	}
}

// checkBudget weighs a page of the site in dir; drawn is what one with timelines
// may weigh.
func checkBudget(t *testing.T, dir, path string, drawn int) {
	t.Helper()
	doc := parse(t, fileIn(dir, path))
	total, requests, css, js := gzipSize(t, fileIn(dir, path)), 1, 0, 0
	for _, asset := range assets(doc) {
		size := gzipSize(t, fileIn(dir, asset))
		total += size
		requests++
		if strings.HasSuffix(asset, ".css") {
			css += size
		} else {
			js += size
		}
	}
	elements, most, mostElements := len(all(doc)), maxPageGzip, maxElements
	if slices.ContainsFunc(all(doc), func(n *html.Node) bool { return attr(n, "data-timeline") != "" }) {
		most, mostElements = drawn, maxDrawn
	}
	t.Logf("%-28s %5d B gzip, css %d, js %d, %d requests, %d elements", path, total, css, js, requests, elements)
	assert.LessOrEqual(t, total, most, "%s: bytes", path)
	assert.LessOrEqual(t, css, maxCSSGzip, "%s: bytes of CSS", path)
	assert.LessOrEqual(t, js, maxJSGzip, "%s: bytes of JS", path)
	assert.LessOrEqual(t, requests, maxRequests, "%s: requests", path)
	assert.LessOrEqual(t, elements, mostElements, "%s: elements", path)
}

func TestNothingInline(t *testing.T) {
	build(t)
	for _, file := range builtFiles(t, public, ".html") {
		seen := map[string]bool{}
		for _, n := range all(parse(t, filepath.Join(public, file))) {
			isData := attr(n, "type") == "application/ld+json" // never executed
			assert.False(t, n.Data == "style" || n.Data == "script" && attr(n, "src") == "" && !isData, "%s: inline <%s>", file, n.Data)
			for _, a := range n.Attr {
				assert.False(t, a.Key == "style" || strings.HasPrefix(a.Key, "on"), "%s: inline %s=%q", file, a.Key, a.Val)
			}
			if id := attr(n, "id"); id != "" {
				assert.False(t, seen[id], "%s: id %q twice", file, id)
				seen[id] = true
			}
		}
	}
}

// TestNoTranslation keeps translators out of what is no prose. Code inside of a
// sentence gets its mark from tools.js: on each page, it would be too heavy.
func TestNoTranslation(t *testing.T) {
	for _, path := range pages(t) {
		marks := 0
		for _, n := range all(parse(t, builtFile(path))) {
			name := attr(n, "class") == "wordmark"
			code := n.Data == "pre" && attr(n, "tabindex") != ""
			if name || code || n.Data == "svg" {
				marks++
				assert.Equal(t, "no", attr(n, "translate"), "%s: <%s>", path, n.Data)
			}
		}
		assert.Positive(t, marks, path)
	}
}

func TestLinksResolve(t *testing.T) {
	build(t)
	checkLinks(t, public, "http://awaitless.test/")
}

func TestLinksResolveBelowBasePath(t *testing.T) {
	checkLinks(t, hosted(t), host)
}

// checkLinks resolves every address in every page as a browser would.
func checkLinks(t *testing.T, dir, base string) {
	t.Helper()
	ids := map[string]map[string]bool{}
	docs := map[string]*html.Node{}
	for _, file := range builtFiles(t, dir, ".html") {
		docs[file] = parse(t, filepath.Join(dir, file))
		ids[file] = map[string]bool{"": true}
		for _, n := range all(docs[file]) {
			ids[file][attr(n, "id")] = true
		}
	}
	for file, doc := range docs {
		at, err := url.Parse(base + filepath.ToSlash(file))
		require.NoError(t, err)
		for _, n := range all(doc) {
			link := attr(n, "href") + attr(n, "src")
			target, err := at.Parse(link)
			if !assert.NoError(t, err, "%s: %s", file, link) || target.Host != at.Host {
				continue
			}
			rest, below := strings.CutPrefix(target.String(), base)
			if !assert.True(t, below, "%s: %s leaves %s", file, link, base) {
				continue
			}
			name, fragment, _ := strings.Cut(rest, "#")
			if name == "" || strings.HasSuffix(name, "/") {
				name += "index.html"
			}
			assert.FileExists(t, filepath.Join(dir, name), "%s: %s", file, link)
			if strings.HasSuffix(name, ".html") {
				assert.True(t, ids[name][fragment], "%s: %s: no such anchor", file, link)
			}
		}
	}
}

// assets returns the paths of what the page loads beside itself.
func assets(doc *html.Node) (paths []string) {
	for _, n := range all(doc) {
		src := attr(n, "src")
		if n.Data == "link" && !slices.Contains([]string{"canonical", "alternate", "expect"}, attr(n, "rel")) {
			src = attr(n, "href")
		}
		if src != "" && !strings.HasPrefix(src, "data:") {
			paths = append(paths, src)
		}
	}
	return paths
}

func all(doc *html.Node) (elements []*html.Node) {
	for n := range doc.Descendants() {
		if n.Type == html.ElementNode {
			elements = append(elements, n)
		}
	}
	return elements
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func parse(t *testing.T, file string) *html.Node {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	doc, err := html.Parse(bytes.NewReader(text))
	require.NoError(t, err)
	return doc
}

func gzipSize(t *testing.T, file string) int {
	t.Helper()
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(text)
	require.NoError(t, w.Close())
	return packed.Len()
}

// builtFiles lists the files below dir, or those with one of the endings.
func builtFiles(t *testing.T, dir string, endings ...string) (files []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && (len(endings) == 0 || slices.Contains(endings, filepath.Ext(path))) {
			files = append(files, path)
		}
		return err
	})
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func textOf(n *html.Node) (text string) {
	for child := range n.Descendants() {
		if child.Type == html.TextNode {
			text += child.Data
		}
	}
	return text
}
