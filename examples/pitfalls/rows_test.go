package pitfalls

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A loop that panics closes the file, too.
func TestRowsClosesAfterAPanic(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stdout")
	file, err := os.Create(path)
	require.NoError(t, err)
	defer file.Close()
	stdout := os.Stdout
	os.Stdout = file
	defer func() { os.Stdout = stdout }()
	assert.PanicsWithValue(t, "boom", func() {
		for range Rows("a", "b") {
			panic("boom")
		}
	})
	printed, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "closed\n", string(printed))
}
