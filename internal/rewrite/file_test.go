package rewrite

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFile writes into a folder that is not there, leaves the same text alone, and lets whoever
// reads the old text finish.
func TestFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a", "b.txt")
	require.NoError(t, File(name, []byte("one")))
	then := time.Now().Add(-time.Hour).Truncate(time.Second)
	require.NoError(t, os.Chtimes(name, then, then))
	require.NoError(t, File(name, []byte("one")))
	info, err := os.Stat(name)
	require.NoError(t, err)
	assert.True(t, info.ModTime().Equal(then), "it was written again")

	require.NoError(t, File(name, []byte("two")))
	fresh, err := os.Stat(name)
	require.NoError(t, err)
	assert.False(t, os.SameFile(info, fresh), "a new file takes its place")
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, "two", string(text))
	files, err := os.ReadDir(filepath.Dir(name))
	require.NoError(t, err)
	assert.Len(t, files, 1)
}
