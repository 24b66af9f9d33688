package cleanup

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// printed returns what f prints.
func printed(t *testing.T, f func()) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "stdout")
	file, err := os.Create(path)
	require.NoError(t, err)
	defer file.Close()
	stdout := os.Stdout
	os.Stdout = file
	defer func() { os.Stdout = stdout }()
	f()
	_, err = file.Seek(0, io.SeekStart)
	require.NoError(t, err)
	text, err := io.ReadAll(file)
	require.NoError(t, err)
	return string(text)
}

// Who comes too late connects to nothing.
func TestConnectBeginsNothingTooLate(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errGone)
	got := printed(t, func() {
		_, err := Connect(ctx, "db")
		assert.Equal(t, errGone, err)
	})
	assert.Empty(t, got)
}

// Connect says what it begins, not what it has done.
func TestConnectSaysWhatItBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		got := printed(t, func() {
			_, err := Connect(ending(t, 10*time.Millisecond), "db")
			assert.Equal(t, errGone, err)
		})
		assert.Equal(t, "connecting to db\n", got)
	})
}
