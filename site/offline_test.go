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
	"time"

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
	// elsewhere is set when something outside of /docs/ was asked for, or a
	// cookie came.
	elsewhere atomic.Bool
}

func serveBelow(t *testing.T) *farHost {
	t.Helper()
	build(t) // for the programs, and so that go test knows of all sources
	h := &farHost{dir: t.TempDir()}
	rules := headerRules(t)
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if h.off.Load() {
			panic(http.ErrAbortHandler)
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
	return h
}

// kept waits until the reader has the whole site.
func (b *tab) kept() {
	b.t.Helper()
	b.do(chromedp.KeyEvent(kb.Shift))
	b.until(`navigator.serviceWorker.controller`)
}

// TestOffline visits one page, loses the network, and reads on.
func TestOffline(t *testing.T) {
	startBrowser(t)
	h := serveBelow(t)
	tab := openTab(t, view{width: 390, scheme: "dark"})
	tab.open(h.URL + "/docs" + chapter)
	assert.Equal(t, "", eval[string](tab, `navigator.serviceWorker.getRegistration().then((r) => r?.scope ?? "")`), "before the reader moved")
	tab.kept()
	program := `fetch("../../programs/queues.ExampleShare.go", { cache: "no-store" }).then((r) => r.text())`
	eval[string](tab, program)
	h.off.Store(true)

	for _, path := range []string{"/", "/guides/pitfalls/cpu/", "/guides/pitfalls/cpu", "/patterns/gather/index.html"} {
		tab.open(h.URL + "/docs" + path)
		assert.Equal(t, 1, eval[int](tab, `document.querySelectorAll("main h1").length`), path)
		assert.NotEqual(t, "block", eval[string](tab, `getComputedStyle(document.body).display`), "%s: no styles", path)
	}
	assert.Empty(t, tab.complaints())
	assert.Contains(t, eval[string](tab, program), "package main", "what was copied before")

	tab.open(h.URL + "/docs/nothing/here/")
	assert.Equal(t, "There is no page here", eval[string](tab, `document.querySelector("h1").textContent`))
	assert.False(t, h.elsewhere.Load(), "a request outside of the site, or a cookie")
	assert.Empty(t, eval[string](tab, `document.cookie`))
}

// TestNewVersion changes a page under a reader: nothing moves until they
// press Reload. The host answers with the old page for a while, which must not
// be kept as the new one.
func TestNewVersion(t *testing.T) {
	startBrowser(t)
	for name, use := range ways {
		t.Run(name, func(t *testing.T) { checkNewVersion(t, use) })
	}
}

func checkNewVersion(t *testing.T, use func(b *tab, selector string)) {
	h := serveBelow(t)
	tab := openTab(t, view{width: 390, scheme: "light"})
	tab.open(h.URL + "/docs" + chapter)
	tab.kept()

	page := filepath.Join(h.dir, chapter, "index.html")
	old := readFile(t, page)
	// The server knows changes by the second, and these are quick ones.
	later := time.Now()
	write := func(name, text string) {
		later = later.Add(time.Minute)
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
		require.NoError(t, os.Chtimes(name, later, later))
	}
	write(page, strings.Replace(old, "</h1>", ", again</h1>", 1))
	again := readFile(t, page)
	require.NoError(t, run("go", "run", "../tools/pack", h.dir, h.URL+"/docs/"))
	worker := filepath.Join(h.dir, "sw.js")
	write(worker, readFile(t, worker))
	write(page, old)

	title := `document.querySelector("h1").textContent`
	tab.open(h.URL + "/docs" + chapter)
	tab.do(chromedp.KeyEvent(kb.Shift))
	tab.until(`document.querySelector(".update button")`)
	use(tab, ".update button:last-child")
	tab.until(`!document.querySelector(".update")`)

	tab.open(h.URL + "/docs" + chapter) // it asks again
	tab.do(chromedp.KeyEvent(kb.Shift))
	tab.until(`document.querySelector(".update button")`)
	assert.Contains(t, eval[string](tab, `document.querySelector(".update").textContent`), "A new version of this site is ready.")
	tab.until(`document.querySelector("[data-announce]").textContent === "A new version of this site is ready."`)
	assert.NotContains(t, eval[string](tab, title), ", again")
	assert.Zero(t, eval[float64](tab, layoutShift))

	write(page, again)
	eval[any](tab, `window.old = true;0`)
	use(tab, ".update button")
	require.Eventually(t, func() bool {
		fresh, err := chromedp.Run(tab.ctx, chromedp.Evaluate[bool](title+`.endsWith(", again") && !window.old`))
		return err == nil && fresh
	}, patience, tick)
	assert.Empty(t, tab.complaints())
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
		assert.Contains(t, list, `"assets/`+asset+`":"`)
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
