package source

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/finding"
)

// newSet makes a repository of the files and loads it.
func newSet(t *testing.T, files map[string]string) (*Set, []finding.Finding) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o777))
		require.NoError(t, os.WriteFile(name, []byte(text), 0o666))
	}
	root, err := os.OpenRoot(dir)
	require.NoError(t, err)
	t.Cleanup(func() { root.Close() })
	return Load(root)
}

var repository = map[string]string{
	"examples/p/p.go":      "package p\n\nfunc F() {\n\t//docs:snippet call\n\tprint()\n}\n",
	"examples/p/p_test.go": "package p\n\nfunc ExampleF() {\n\tF()\n\t// Unordered output:\n\t// b\n\t// a\n}\n\nfunc TestF() {}\n",
	"examples/p/bad.go":    "package p\nvar  x = 1\n",
	"examples/p/p.py":      "import sys\n\n# Why.\ndef f():\n    pass",
	"testdata/scripts/s.txtar": "[!short] python -Xdev p.py f\ncmp stdout want\n" +
		"-- want --\nout\n-- free --\nout\n",
}

func TestResolve(t *testing.T) {
	s, faults := newSet(t, repository)
	require.Empty(t, faults)
	for _, c := range []struct{ kind, lang, selector, at, text, err string }{
		{"snippet", "go", "p.F", "examples/p/p.go:3", "func F() {\n\tprint()\n}\n", ""},
		{"snippet", "go", "p.F/call", "examples/p/p.go:5", "print()\n", ""},
		{"snippet", "go", "p.ExampleF", "examples/p/p_test.go:3", "F()\n", ""},
		{"output", "text", "p.ExampleF", "examples/p/p_test.go:3", "b\na\n", ""},
		{"snippet", "python", "p.py:f", "examples/p/p.py:3", "# Why.\ndef f():\n    pass\n", ""},
		{"file", "text", "scripts/s.txtar:want", "testdata/scripts/s.txtar:3", "out\n", ""},

		{"snippet", "python", "p.F", "", "", "p.F is go; the fence must say go"},
		{"snippet", "go", "p.x", "", "", "p.x: examples/p/bad.go:2: not gofmt-ed; run gofmt -w examples/p/bad.go"},
		{"snippet", "go", "q.F", "", "", "no package examples/q; valid: p"},
		{"snippet", "go", "../p.F", "", "", "../p.F leaves the repository; a snippet is PKG.NAME, with PKG a folder below examples"},
		{"snippet", "python", "p.py:g", "", "", "no top-level def or class g in examples/p/p.py; valid: f"},
		{"output", "go", "p.ExampleF", "", "", "an output is not go; the fence must say text"},
		{"file", "text", "scripts/s.txtar:free", "", "", "section free is not compared by its script; add a cmp line to testdata/scripts/s.txtar"},
	} {
		for range 2 { // the second time from memory
			b, err := s.Resolve(c.kind, c.lang, c.selector)
			if c.err != "" {
				assert.EqualError(t, err, c.err)
				continue
			}
			require.NoError(t, err, c.selector)
			assert.Equal(t, c.text, string(b.Text), c.selector)
			assert.Equal(t, c.at, b.At.String())
			assert.Equal(t, c.kind == "output", b.Unordered)
		}
	}
}

// TestFindings: what a page has named, and what was told, is not told again.
func TestFindings(t *testing.T) {
	s, _ := newSet(t, repository)
	broken := []finding.Finding{{At: finding.At("examples/p/bad.go", 2), Msg: "not gofmt-ed; run gofmt -w examples/p/bad.go"}}
	assert.Equal(t, broken, s.Broken())
	assert.Empty(t, s.Broken())
	_, err := s.Resolve("file", "text", "scripts/s.txtar:want")
	require.NoError(t, err)
	var all []string
	for _, f := range s.Uncovered() {
		all = append(all, f.Error())
	}
	assert.Equal(t, []string{
		`examples/p/p.go:4: no page quotes //docs:snippet call; quote it with snippet="p.F/call"`,
		`examples/p/p_test.go:3: no page shows p.ExampleF; quote it with snippet= or output=`,
		`testdata/scripts/s.txtar:5: no page shows section free; quote it with file="scripts/s.txtar:free"`,
	}, all)

	s, faults := newSet(t, map[string]string{"examples": "", "testdata/scripts/a.txtar/b": ""})
	assert.Equal(t, []finding.Finding{{At: finding.At("examples", 0), Msg: "not a directory"}}, faults)
	assert.Empty(t, s.Uncovered())
}

// TestProofs: what runs a source.
func TestProofs(t *testing.T) {
	s, _ := newSet(t, repository)
	assert.Equal(t, []Run{{"s", []string{"f"}}}, s.Runs("examples/p/p.py"))
	assert.Empty(t, s.Runs("examples/p/q.py"))
	for selector, want := range map[string]string{"p.ExampleF": "ExampleF", "p.TestF": "TestF", "p.F": "", "p.F/call": ""} {
		test, err := s.Test(selector)
		assert.NoError(t, err)
		assert.Equal(t, want, test, selector)
	}
	section, err := s.Section("scripts/s.txtar:free")
	require.NoError(t, err)
	assert.Equal(t, Section{"free", []byte("out\n"), finding.At("testdata/scripts/s.txtar", 5)}, section)
	f, name, err := s.Python("p.py:f")
	require.NoError(t, err)
	assert.Equal(t, []any{"examples/p/p.py", "f", 4, "f:3"}, []any{f.Path, name, f.Line("f"), f.Locate(5)})
}

func TestTooWide(t *testing.T) {
	b := NewBlock([]byte("short\n\t"+string(make([]byte, 68))+"\n\t"+string(make([]byte, 70))+"\n```\n~~\n"), finding.At("p.go", 7))
	assert.Equal(t, &finding.Finding{At: finding.At("p.go", 7), Msg: "is 74 columns wide; at most 72 fit beside Python"}, b.Wide)
	assert.Equal(t, 3, b.LongestRun('`'))
	assert.Equal(t, 2, b.LongestRun('~'))
}
