package program

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRelease finds the first release that has all that a program needs, of the language and of
// the library.
func TestRelease(t *testing.T) {
	bodies := map[string]struct{ want, decls, body string }{
		"plain":    {"go1.23", "", "println()"},
		"loop":     {"go1.23", "", "for i := range 3 {\n\t\tdefer func() { println(i) }()\n\t}"},
		"iterator": {"go1.23", "", "for range slices.Values([]int{1}) {\n\t}"},
		"method":   {"go1.25", "", "new(sync.WaitGroup).Go(func() {})"},
		"function": {"go1.26", "", "errors.AsType[*fs.PathError](nil)"},
		"new":      {"go1.26", "", "println(*new(1))"},
		// Not by what the rest of its package needs.
		"beside": {"go1.23", "func other() { new(sync.WaitGroup).Go(nil) }\n\n", "println()"},
	}
	files := map[string]string{"go.mod": "module m\n\ngo 1.26\n"}
	imports := map[string]string{"slices.": "slices", "sync.": "sync", "errors.": "errors", "fs.": "io/fs"}
	for name, b := range bodies {
		text := b.decls + "func Example() {\n\t" + b.body + "\n}\n"
		for use, path := range imports {
			if strings.Contains(text, use) {
				text = "import \"" + path + "\"\n\n" + text
			}
		}
		files["examples/"+name+"/x_test.go"] = "package x\n\n" + text
	}
	s, err := Load(writeTree(t, files), "./...")
	require.NoError(t, err)
	for name, b := range bodies {
		t.Run(name, func(t *testing.T) {
			p, err := s.Program(name + ".Example")
			require.NoError(t, err)
			assert.Contains(t, string(p.Source), "\n\n//go:build "+b.want+"\n\n")
			assert.Contains(t, string(p.Source), "before "+strings.TrimPrefix(b.want, "go")+" refuses it")
		})
	}
}

// TestHead asks for the patterns of ServeMux where they can be in use.
func TestHead(t *testing.T) {
	const patterns = "//go:debug httpmuxgo121=0"
	assert.NotContains(t, header("x.Example", "go1.23", nil), patterns)
	assert.Contains(t, header("x.Example", "go1.23", []imported{{path: "net/http"}}), patterns)
}
