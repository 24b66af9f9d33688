package main

import (
	"archive/zip"
	"bytes"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const page = `<!doctype html><html lang=en><head>` +
	`<script src=/docs/a.js></script><script type=module>if (a < b) { "</p>" }</script>` +
	`<link rel=canonical href=https://x.test/docs/><link rel=stylesheet href=/docs/assets/s.css integrity=sha256-x>` +
	`</head><body><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>` +
	`<a href=/docs/>a</a> <a href=/docs/p/q/#x>b</a> <a href=#x>c</a> <a href=https://x.test/else>d</a>` +
	` <a href=/docs/awaitless-site.zip>e</a> <a href=/docs/run.go>f</a> &lt;</body></html>`

const onDisk = `<!doctype html><html lang=en><head>` +
	`<link rel="stylesheet" href="../../assets/s.css">` +
	`</head><body><svg viewBox="0 0 1 1"><path d="M0 0"/></svg>` +
	`<a href="../../index.html">a</a> <a href="index.html#x">b</a> <a href=#x>c</a> <a href=https://x.test/else>d</a>` +
	` <a>e</a> <a href="../../run.go">f</a> &lt;</body></html>`

func TestDiskPage(t *testing.T) {
	base, err := url.Parse("https://x.test/docs/")
	require.NoError(t, err)
	p := diskPage{at: base.JoinPath("p/q/index.html"), base: base, linked: map[string]string{}}
	text, err := p.rewrite([]byte(page))
	require.NoError(t, err)
	assert.Equal(t, onDisk, string(text))
	assert.Equal(t, []string{"assets/s.css", "index.html", "p/q/index.html", "run.go"}, slices.Sorted(maps.Keys(p.linked)))
}

// TestPack packs a site twice, and again after a page has changed.
func TestPack(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	packed := func() (worker, archive string) {
		t.Helper()
		require.NoError(t, pack(dir, "/"))
		one, err := os.ReadFile(filepath.Join(dir, workerName))
		require.NoError(t, err)
		two, err := os.ReadFile(filepath.Join(dir, zipName))
		require.NoError(t, err)
		return string(one), string(two)
	}
	write("sw.js", "work();\n")
	write("index.html", `<a href="/p/">p</a> <a href="/x.go">x</a>`)
	write("p/index.html", "<p>one</p>")
	write("x.go", "package x")
	write("unlinked.png", "picture")
	write("assets/s.css", "a{}")
	write("assets/s.0123456789ab.css", "a{}")

	worker, archive := packed()
	assert.Equal(t, `self.site={"bytes":116,"files":{"":"379fbb8497d8","assets/s.0123456789ab.css":"5f546eb4606b","p/":"8454f8f6a627"}};`+"\nwork();\n", worker)
	headers, err := os.ReadFile(filepath.Join(dir, headersName))
	require.NoError(t, err)
	assert.Equal(t, "/assets/s.0123456789ab.css\n  Cache-Control: public, max-age=31536000, immutable\n", string(headers))
	again, archiveAgain := packed()
	assert.Equal(t, worker, again)
	assert.Equal(t, archive, archiveAgain)

	r, err := zip.NewReader(bytes.NewReader([]byte(archive)), int64(len(archive)))
	require.NoError(t, err)
	var names []string
	for _, file := range r.File {
		names = append(names, file.Name)
	}
	assert.Equal(t, []string{"awaitless/index.html", "awaitless/p/index.html", "awaitless/x.go"}, names)

	write("index.html", `<a href="/docs/p/">p</a>`)
	require.NoError(t, pack(dir, "https://x.test/docs"), "no slash at the end of the address")

	write("index.html", `<a href="/p/">p</a> <a href="/x.go">x</a>`)
	write("p/index.html", "<p>two</p>")
	again, archiveAgain = packed()
	assert.NotEqual(t, worker, again)
	assert.NotEqual(t, archive, archiveAgain)

	write("p/index.html", `<a href="/missing/">m</a>`)
	assert.ErrorContains(t, pack(dir, "/"), "p/index.html: links to a file that is not there: openat missing/index.html: ")
}
