package rewrite

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFolder: what is ours and no longer wanted goes, what is others' stays, and what is right is
// not written again.
func TestFolder(t *testing.T) {
	root := t.TempDir()
	out := filepath.Join(root, "out")
	require.NoError(t, os.MkdirAll(filepath.Join(out, "deep"), 0o777))
	for _, name := range []string{"gone.svg", "deep/gone.svg", "theirs.txt", ".a.svg.0123456789abcdef.tmp", "same.svg"} {
		require.NoError(t, os.WriteFile(filepath.Join(out, name), []byte("text"), 0o644))
	}
	before, err := os.Stat(filepath.Join(out, "same.svg"))
	require.NoError(t, err)
	files := map[string][]byte{"same.svg": []byte("text"), "new/a.svg": []byte("a")}
	own := func(name string, text []byte) bool { return strings.HasSuffix(name, ".svg") && string(text) == "text" }
	require.NoError(t, Folder(context.Background(), root, "out", files, own))
	after, err := os.Stat(filepath.Join(out, "same.svg"))
	require.NoError(t, err)
	assert.True(t, os.SameFile(before, after))
	var all []string
	require.NoError(t, filepath.WalkDir(out, func(name string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			all = append(all, strings.TrimPrefix(filepath.ToSlash(name), filepath.ToSlash(out)))
		}
		return err
	}))
	assert.Equal(t, []string{"/new/a.svg", "/same.svg", "/theirs.txt"}, all)

	ended, cancel := context.WithCancel(context.Background())
	cancel()
	assert.EqualError(t, Folder(ended, root, "out", nil, own), "interrupted; nothing was written to out")
	assert.ErrorContains(t, Folder(context.Background(), root, "../out", files, own), "../out: leaves the repository")
}
