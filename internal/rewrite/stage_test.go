//go:build unix

package rewrite

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rewrite/rewritetest"
)

// newPages makes a folder with n old pages.
func newPages(t *testing.T, n int) (dir string, pages []string) {
	t.Helper()
	dir = t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "content", "s0"), 0o777))
	for i := range n {
		name := filepath.Join(dir, "content", "s0", fmt.Sprintf("page%d.md", i))
		require.NoError(t, os.WriteFile(name, []byte(oldPage(i)), 0o644))
		pages = append(pages, name)
	}
	return dir, pages
}

// Pages of different lengths: a shorter one after a longer one must not keep its end.
func oldPage(i int) string { return "old" + strings.Repeat(" text", i*7%40) }
func newPage(i int) string { return "new" + strings.Repeat(" words", i*5%30) }

// staged is a stage that holds the new text of each page.
func staged(t *testing.T, dir string, pages []string) *Stage {
	t.Helper()
	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	t.Cleanup(func() { root.Close() })
	folder, err := root.OpenRoot("content")
	require.NoError(t, err)
	t.Cleanup(func() { folder.Close() })
	s := NewStage(root, folder)
	t.Cleanup(s.Close)
	for i, name := range pages {
		info, err := os.Stat(name)
		require.NoError(t, err)
		require.NoError(t, s.Add(fmt.Sprintf("content/s0/page%d.md", i), []byte(newPage(i)), VersionOf(info)))
	}
	return s
}

// TestCommitLeavesChangedPages changes and removes pages after they were read.
func TestCommitLeavesChangedPages(t *testing.T) {
	dir, pages := newPages(t, 5)
	s := staged(t, dir, pages)
	require.NoError(t, os.WriteFile(pages[1], []byte("edited"), 0o644))
	require.NoError(t, os.Remove(pages[2]))
	require.NoError(t, os.Rename(pages[3], pages[3]+"x"))
	require.NoError(t, os.Symlink("page0.md", pages[3]))

	var left []string
	require.NoError(t, s.Commit(func(page string, replaced bool) {
		if !replaced {
			left = append(left, page)
		}
	}))
	assert.Equal(t, []string{"content/s0/page1.md", "content/s0/page2.md", "content/s0/page3.md"}, left)
	assert.Equal(t, newPage(0), rewritetest.Content(t, pages[0]))
	assert.Equal(t, "edited", rewritetest.Content(t, pages[1]))
	assert.NoFileExists(t, pages[2])
	to, err := os.Readlink(pages[3])
	require.NoError(t, err)
	assert.Equal(t, "page0.md", to)
	assert.Equal(t, newPage(4), rewritetest.Content(t, pages[4]))
}
