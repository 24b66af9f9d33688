// Package rewritetest is what the tests of rewritten pages need, here and in the command.
package rewritetest

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// NoTemporaryFiles wants nothing in the content folder of dir but pages.
func NoTemporaryFiles(t *testing.T, dir string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(filepath.Join(dir, "content"), func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			assert.Equal(t, ".md", filepath.Ext(name), name)
		}
		return err
	}))
}

// Content is the text of a page.
func Content(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}
