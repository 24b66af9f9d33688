package program

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHeadRelease asks for the release that the module asks for, be it as a language or as a
// release.
func TestHeadRelease(t *testing.T) {
	for line, want := range map[string]string{"1.26": "go1.26", "1.26.3": "go1.26", "1.24": "go1.24"} {
		s, err := Load(writeTree(t, map[string]string{
			"go.mod":               "module m\n\ngo " + line + "\n",
			"examples/p/x_test.go": "package p\n\nfunc Example() {}\n",
		}), "./...")
		require.NoError(t, err)
		p, err := s.Program("p.Example")
		require.NoError(t, err)
		assert.Contains(t, string(p.Source), "\n\n//go:build "+want+"\n\n")
	}
}

// TestHeadPatterns asks for the patterns of ServeMux where they can be in use.
func TestHeadPatterns(t *testing.T) {
	const patterns = "//go:debug httpmuxgo121=0"
	assert.NotContains(t, header("x.Example", "go1.26", nil), patterns)
	assert.Contains(t, header("x.Example", "go1.26", []imported{{path: "net/http"}}), patterns)
}
