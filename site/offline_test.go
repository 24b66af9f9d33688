package site

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A farHost serves a copy of the site below /docs/, which a test may change, and
// can be cut off.
type farHost struct {
	*httptest.Server
	dir string
	off atomic.Bool
	// slow, where it is set, is closed when pages are answered again.
	slow atomic.Pointer[chan bool]
	// elsewhere is set when something outside of /docs/ was asked for, or a
	// cookie came.
	elsewhere atomic.Bool
}

// visited returns a host and a tab on a phone that has read a chapter, which is
// kept for reading without a network.
func visited(t *testing.T) (*farHost, *tab) {
	t.Helper()
	h := serveBelow(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(h.URL + "/docs" + chapter)
	tab.kept()
	return h, tab
}

func serveBelow(t *testing.T) *farHost {
	t.Helper()
	build(t) // for the programs, and so that go test knows of all sources
	h := &farHost{dir: t.TempDir()}
	var rules []headerRule
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.off.Load() {
			panic(http.ErrAbortHandler)
		}
		if slow := h.slow.Load(); slow != nil && strings.HasSuffix(r.URL.Path, "/") {
			<-*slow
		}
		name, below := strings.CutPrefix(r.URL.Path, "/docs")
		if !below || r.Header.Get("Cookie") != "" {
			h.elsewhere.Store(true)
		}
		for _, rule := range rules {
			if strings.HasPrefix(name, strings.TrimSuffix(rule.For, "*")) {
				for key, value := range rule.Values {
					w.Header().Set(key, value)
				}
			}
		}
		if !exists(filepath.Join(h.dir, path.Clean(name))) {
			http.Error(w, "no such page", http.StatusNotFound)
			return
		}
		http.StripPrefix("/docs", http.FileServer(http.Dir(h.dir))).ServeHTTP(w, r)
	}))
	t.Cleanup(h.Close)
	require.NoError(t, hugo(h.dir, h.URL+"/docs/"))
	rules = rulesFor(t, h.dir)
	return h
}

// kept waits until the reader has what every page needs.
func (b *tab) kept() {
	b.t.Helper()
	b.do(chromedp.KeyEvent(kb.Shift))
	b.until(`navigator.serviceWorker.controller`)
}

// offline reads pages without a network, as a reader comes to them.
func (b *tab) offline(h *farHost, heading func(title string) bool, paths ...string) {
	b.t.Helper()
	h.off.Store(true)
	for _, path := range paths {
		b.open(h.URL + "/docs" + path)
		assert.True(b.t, heading(eval[string](b, `document.querySelector("main h1").textContent`)), path)
		assert.NotEqual(b.t, "block", eval[string](b, `getComputedStyle(document.body).display`), "%s: no styles", path)
	}
	h.off.Store(false)
}

func isMissing(title string) bool { return title == "There is no page here" }
func isThere(title string) bool   { return !isMissing(title) }

// TestOffline visits two pages, loses the network, and reads them on. The rest
// of the site was not fetched.
func TestOffline(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	h := serveBelow(t)
	tab := openTab(t, view{width: 390, scheme: "dark"})
	tab.open(h.URL + "/docs" + chapter)
	assert.Equal(t, "", eval[string](tab, `navigator.serviceWorker.getRegistration().then((r) => r?.scope ?? "")`), "before the reader moved")
	tab.kept()
	program := `fetch("../../programs/queues.ExampleShare.go", { cache: "no-store" }).then((r) => r.text())`
	eval[string](tab, program)
	tab.open(h.URL + "/docs/guides/pitfalls/cpu/")
	tab.open(h.URL + "/docs" + chapter)

	tab.offline(h, isThere, "/guides/pitfalls/cpu/", "/guides/pitfalls/cpu", "/patterns/queues/index.html")
	assert.Empty(t, tab.complaints())
	h.off.Store(true)
	assert.Contains(t, eval[string](tab, program), "package main", "what was copied before")
	tab.offline(h, isMissing, "/nothing/here/", "/patterns/gather/", "/constructor")
	assert.False(t, h.elsewhere.Load(), "a request outside of the site, or a cookie")
	assert.Empty(t, eval[string](tab, `document.cookie`))
}

// TestKeepAll keeps all pages for who presses the button that says what they
// weigh, on later pages too, and lets go of them again.
func TestKeepAll(t *testing.T) {
	t.Parallel()
	startBrowser(t)
	h, tab := visited(t)
	button := `document.querySelector(".keep-all")?.textContent ?? ""`
	said := `document.querySelector("[data-announce]").textContent`
	tab.until(button)
	assert.Zero(t, eval[float64](tab, layoutShift))
	assert.Regexp(t, `^Keep all pages for offline reading \(0\.[3-9] MB\)$`, eval[string](tab, button))

	// A page that cannot be had is told, and the next press goes on.
	gone := filepath.Join(h.dir, "patterns/locks/index.html")
	text := readFile(t, gone)
	require.NoError(t, os.Remove(gone))
	tab.press(".keep-all")
	tab.told("Some of the pages could not be fetched.")
	require.NoError(t, os.WriteFile(gone, []byte(text), 0o644))
	tab.until("(" + button + `).startsWith("Keep all")`)
	tab.press(".keep-all")
	tab.until("(" + button + `).startsWith("All pages are kept")`)
	tab.until(said + ` === "All pages are kept for offline reading."`)
	assert.Equal(t, "unseen", eval[string](tab, `document.querySelector("[data-announce]").className`))

	tab.offline(h, isThere, "/", "/patterns/locks/", "/guides/practices/")
	tab.do(chromedp.KeyEvent(kb.Shift))
	tab.until("(" + button + `).startsWith("All pages are kept")`)
	tab.press(".keep-all")
	tab.until("(" + button + `).startsWith("Keep all")`)
	tab.until(said + ` === "Only what you read is kept."`)
	tab.offline(h, isThere, "/guides/practices/")
	tab.offline(h, isMissing, "/patterns/locks/")
	assert.False(t, h.elsewhere.Load(), "a request outside of the site, or a cookie")
}

// TestOfflineList holds the worker's list against the pages that there are,
// and expects no other change in it when one page changes.
func TestOfflineList(t *testing.T) {
	build(t)
	worker := readFile(t, filepath.Join(public, "sw.js"))
	list, _, _ := strings.Cut(worker, "\n")
	for _, page := range pages(t) {
		assert.Contains(t, list, `"`+strings.TrimPrefix(page, "/")+`":"`)
	}
	for _, asset := range builtFiles(t, filepath.Join(public, "assets")) {
		kept := strings.Contains(list, `"assets/`+asset+`":"`)
		assert.Equal(t, strings.Count(asset, ".") == 2, kept, "%s: what has no hash is for tabs of other builds", asset)
	}
	require.NoError(t, run("go", "run", "../tools/pack", public, "/"))
	assert.Equal(t, worker, readFile(t, filepath.Join(public, "sw.js")), "packed twice")
}

// TestZip unpacks the site and follows every link in it, from disk.
func TestZip(t *testing.T) {
	build(t)
	dir := t.TempDir()
	text := readFile(t, filepath.Join(public, "awaitless-site.zip"))
	archive, err := zip.NewReader(bytes.NewReader([]byte(text)), int64(len(text)))
	require.NoError(t, err)
	for _, file := range archive.File {
		require.True(t, filepath.IsLocal(file.Name))
		require.True(t, file.Modified.IsZero() || file.Modified.Year() == 1979, file.Modified)
		in, err := file.Open()
		require.NoError(t, err)
		content, err := io.ReadAll(in)
		require.NoError(t, err)
		name := filepath.Join(dir, file.Name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, content, 0o644))
	}
	site := filepath.Join(dir, "awaitless")
	checkLinks(t, site, "http://awaitless.test/")
	pagesBuilt := builtFiles(t, public, ".html")
	require.Equal(t, pagesBuilt, builtFiles(t, site, ".html"))
	for _, page := range pagesBuilt {
		at := filepath.Dir(filepath.Join(site, page))
		for _, n := range all(parse(t, filepath.Join(site, page))) {
			assert.NotEqual(t, "script", n.Data, "%s: a script", page)
			link := attr(n, "href") + attr(n, "src")
			if file, _, _ := strings.Cut(link, "#"); file != "" && !strings.Contains(file, ":") {
				info, err := os.Stat(filepath.Join(at, file))
				if assert.NoError(t, err, "%s: %s", page, link) {
					assert.False(t, info.IsDir(), "%s: %s is a folder", page, link)
				}
			}
		}
	}

	startBrowser(t)
	tab := openTab(t, view{width: 1440, scheme: "light"})
	tab.open("file://" + site + chapter + "index.html")
	assert.Equal(t, "grid", eval[string](tab, `getComputedStyle(document.body).display`), "styles")
	assert.Empty(t, tab.complaints())
	next := eval[string](tab, `document.querySelector(".pager [rel=next]").pathname`)
	tab.press(`.pager [rel=next]`)
	tab.arrives(next)
}
