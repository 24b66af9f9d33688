package recorded

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/awaitless/awaitless/internal/timeline"
)

// TestKeep: whoever comes first records, at the same time or not, and the last recording stays.
func TestKeep(t *testing.T) {
	dir := t.TempDir()
	recorded := func(name string) func() (*timeline.Timeline, error) {
		return func() (*timeline.Timeline, error) {
			return &timeline.Timeline{Lanes: []*timeline.Lane{{Name: name, Events: []timeline.Event{{State: "end"}}}}}, nil
		}
	}
	first, second := []byte("the first of keys"), []byte("the second of keys")
	var g errgroup.Group
	for range 20 {
		g.Go(func() error {
			_, err := keep(dir, first, recorded("first"))
			return err
		})
	}
	require.NoError(t, g.Wait())
	text, err := keep(dir, first, recorded("another"))
	require.NoError(t, err)
	assert.Equal(t, "lane,from,to,state,at,note\nfirst,0,0,end,,\n", string(text))

	text, err = keep(dir, second, recorded("second"))
	require.NoError(t, err)
	assert.Contains(t, string(text), "second")
	files, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, files, 1)
	assert.Equal(t, "746865207365636f6e64206f.csv", files[0].Name())
}

// TestToolKey: another executable, Go or version of a dependency makes other recordings; nothing
// else does, such as where the executable stands or when it was built.
func TestToolKey(t *testing.T) {
	root, bin := t.TempDir(), t.TempDir()
	write := func(dir, name, text string) string {
		name = filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
		return name
	}
	key := func(exe string) string {
		t.Helper()
		k, err := toolKey(context.Background(), root, exe)
		require.NoError(t, err)
		return string(k)
	}
	write(root, "go.mod", "module m\n\ngo 1.26\n")
	exe := write(bin, "extract", "code")
	first := key(exe)
	assert.Equal(t, first, key(write(bin, "again", "code")))
	assert.NotEqual(t, first, key(write(bin, "other", "other code")))
	write(root, "go.sum", "m v1.2.3\n")
	assert.NotEqual(t, first, key(exe))
	second := key(exe)
	t.Setenv("GOFLAGS", "-tags=other")
	assert.NotEqual(t, second, key(exe))
}
