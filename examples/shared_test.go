package examples

import (
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A chapter has its own copy of what it shares with others, so that it
// can be copied alone. The copies are one text: a mend reaches them
// all, and a name means the same everywhere.
func TestSharedFilesAreOneText(t *testing.T) {
	for _, name := range []string{
		"sound.go", "panicerror.go", "panicerror_test.go",
	} {
		files, err := filepath.Glob("*/" + name)
		require.NoError(t, err)
		require.Greater(t, len(files), 1, name)
		assert.Empty(t, odd(t, files), "not as %s", files[0])
	}
	// The check can fail.
	other := []string{"basics/sound.go", "basics/join.go"}
	assert.Equal(t, other[1:], odd(t, other))
}

// odd are the files that do not read as the first.
func odd(t *testing.T, files []string) []string {
	return slices.DeleteFunc(slices.Clone(files), func(f string) bool {
		return body(t, f) == body(t, files[0])
	})
}

var clause = regexp.MustCompile(`\Apackage \w+\n`)

// body is the text of a file below its package clause.
func body(t *testing.T, file string) string {
	text := clause.ReplaceAllString(read(t, file), "")
	require.NotContains(t, text, "package "+filepath.Dir(file))
	return text
}
