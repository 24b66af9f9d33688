package examples

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A chapter has its own copy of what it shares with others, so that it
// can be copied alone. The copies are one text: a mend reaches them
// all, and a name means the same everywhere.
func TestSharedFilesAreOneText(t *testing.T) {
	clause := regexp.MustCompile(`(?m)\Apackage \w+$`)
	for _, name := range []string{
		"sound.go", "panicerror.go", "panicerror_test.go",
	} {
		files, err := filepath.Glob("*/" + name)
		require.NoError(t, err)
		require.Greater(t, len(files), 1, name)
		first := ""
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			body := clause.ReplaceAllString(string(text), "")
			if first == "" {
				first = body
			}
			assert.Equal(t, first, body, "%s and %s", files[0], file)
		}
	}
}
