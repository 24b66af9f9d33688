package lesson

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadme wants each command in the README of the scripts.
func TestReadme(t *testing.T) {
	s := New("../..")
	text, err := os.ReadFile(filepath.Join(s.scripts(), "README.md"))
	require.NoError(t, err)
	commands := s.commands("")
	require.NotEmpty(t, commands)
	for name := range commands {
		assert.Contains(t, string(text), "`"+name+" ", "say what the command does")
	}
	for _, condition := range []string{"python", "aiohttp", "node", "race"} {
		assert.Contains(t, string(text), "`["+condition+"]`")
	}
}
