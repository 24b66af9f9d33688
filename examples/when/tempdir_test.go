package when

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWithTempDirCleansUpInAPanic(t *testing.T) {
	var kept string
	assert.PanicsWithValue(t, "boom", func() {
		_ = WithTempDir(func(dir string) error {
			kept = dir
			panic("boom")
		})
	})
	assert.NoDirExists(t, kept)
}

func TestWithTempDirReportsTheFailureOfUse(t *testing.T) {
	full := errors.New("disk is full")
	var kept string
	err := WithTempDir(func(dir string) error {
		kept = dir
		inner := filepath.Join(dir, "a", "b")
		require.NoError(t, os.MkdirAll(inner, 0o700))
		return full
	})
	assert.Equal(t, full, err, "as it was, for the clean-up worked")
	assert.NoDirExists(t, kept)
}

// A file takes the place of the folder's parent, so that nothing can be
// removed there. The failure of use does not get lost.
func TestWithTempDirReportsTheCleanUp(t *testing.T) {
	full := errors.New("disk is full")
	for _, failure := range []error{nil, full} {
		parent := filepath.Join(t.TempDir(), "tmp")
		require.NoError(t, os.Mkdir(parent, 0o700))
		t.Setenv("TMPDIR", parent)
		t.Setenv("TMP", parent)
		err := WithTempDir(func(dir string) error {
			require.NoError(t, os.Remove(dir))
			require.NoError(t, os.Remove(parent))
			require.NoError(t, os.WriteFile(parent, nil, 0o600))
			return failure
		})
		_, ok := errors.AsType[*os.PathError](err)
		assert.True(t, ok, "the clean-up failed")
		assert.Equal(t, failure != nil, errors.Is(err, full))
	}
}

func TestWithTempDirNeedsAPlace(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "missing"))
	t.Setenv("TMP", os.Getenv("TMPDIR"))
	err := WithTempDir(func(string) error { return nil })
	assert.ErrorIs(t, err, os.ErrNotExist)
}
