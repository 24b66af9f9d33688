package rewrite

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rewrite/rewritetest"
)

// TestExchangeGoesBack saves a page in an editor between the last look at it and the swap.
func TestExchangeGoesBack(t *testing.T) {
	dir, pages := newPages(t, 2)
	info, err := os.Stat(pages[0])
	require.NoError(t, err)
	folder, err := os.OpenRoot(filepath.Dir(pages[0]))
	require.NoError(t, err)
	defer folder.Close()
	x := newExchange(folder)
	x.enter(folder)
	defer x.close()
	require.True(t, x.create())
	require.NoError(t, x.write([]byte("ours"), VersionOf(info)))
	require.NoError(t, os.WriteFile(pages[0]+"~", []byte("theirs"), 0o644))
	require.NoError(t, os.Rename(pages[0]+"~", pages[0]))
	require.NoError(t, x.swap("page0.md"))
	what, err := x.reuse("page0.md", VersionOf(info))
	require.NoError(t, err)
	assert.Equal(t, changed, what)
	assert.Equal(t, "theirs", rewritetest.Content(t, pages[0]))
	rewritetest.NoTemporaryFiles(t, dir)

	// The exchange goes on with a new temporary file.
	info, err = os.Stat(pages[1])
	require.NoError(t, err)
	what, err = x.replace("page1.md", []byte("new"), VersionOf(info))
	require.NoError(t, err)
	assert.Equal(t, replaced, what)
	assert.Equal(t, "new", rewritetest.Content(t, pages[1]))
}

// TestExchangeMakesOneFile replaces pages with files that exist already: the first with a new
// one, each other with the page before it.
func TestExchangeMakesOneFile(t *testing.T) {
	dir, pages := newPages(t, 4)
	var before []os.FileInfo
	for _, name := range pages {
		info, err := os.Stat(name)
		require.NoError(t, err)
		before = append(before, info)
	}
	s := staged(t, dir, pages)
	require.NoError(t, s.Commit(func(page string, replaced bool) { assert.True(t, replaced, page) }))
	for i, name := range pages[1:] {
		info, err := os.Stat(name)
		require.NoError(t, err)
		assert.True(t, os.SameFile(before[i], info), name)
		assert.Equal(t, newPage(i+1), rewritetest.Content(t, name))
	}
}
