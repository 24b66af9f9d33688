package examples

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each chapter that runs jobs has a sound of its own, so that it can be
// copied alone. They are one text: a mend reaches them all.
func TestSoundIsOneText(t *testing.T) {
	files, err := filepath.Glob("*/sound.go")
	require.NoError(t, err)
	require.Greater(t, len(files), 1)
	clause := regexp.MustCompile(`(?m)\Apackage \w+$`)
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
