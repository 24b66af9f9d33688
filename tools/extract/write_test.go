//go:build unix

package main

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rewrite/rewritetest"
)

// newSite makes a module whose n pages all have to be rewritten.
func newSite(t testing.TB, n int) (dir string, pages []string) {
	t.Helper()
	dir = t.TempDir()
	write := func(name, text string) string {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
		return name
	}
	write("go.mod", "module m\n")
	write("examples/p/p.go", "package p\n\nfunc F() {}\n")
	for i := range n {
		pages = append(pages, write(fmt.Sprintf("content/s%d/page%d.md", i/10, i), oldPage(i)))
	}
	return dir, pages
}

// Pages of different lengths: a shorter one after a longer one must not keep its end.
func oldPage(i int) string { return pageFile(i, "var old = true\n") }
func newPage(i int) string { return pageFile(i, "func F() {}\n") }

func pageFile(i int, body string) string {
	return fmt.Sprintf("# Page %d\n\n%s\n```go {snippet=\"p.F\"}\n%s```\n", i, strings.Repeat("Prose.\n", i*7%40), body)
}

// TestRewriteKeepsReaders rewrites pages that somebody reads, or knows by another name, and wants
// these to see the old text: a rewrite puts a new file in the place of the old one.
func TestRewriteKeepsReaders(t *testing.T) {
	dir, pages := newSite(t, 30)
	reader, err := os.Open(pages[3])
	require.NoError(t, err)
	defer reader.Close()
	another := filepath.Join(dir, "another")
	require.NoError(t, os.Link(pages[5], another))
	require.NoError(t, os.Chmod(pages[7], 0o600))
	require.NoError(t, os.Chmod(pages[8], 0o666))

	var out, errs strings.Builder
	require.NoError(t, syncPages(dir, true, &out, &errs), errs.String())

	for i, name := range pages {
		assert.Equal(t, newPage(i), rewritetest.Content(t, name))
	}
	text, err := io.ReadAll(reader)
	require.NoError(t, err)
	assert.Equal(t, oldPage(3), string(text))
	assert.Equal(t, oldPage(5), rewritetest.Content(t, another))
	for i, mode := range map[int]fs.FileMode{6: 0o644, 7: 0o600, 8: 0o666, 9: 0o644} {
		info, err := os.Stat(pages[i])
		require.NoError(t, err)
		assert.Equal(t, mode, info.Mode().Perm())
	}
	rewritetest.NoTemporaryFiles(t, dir)
}
