package examples

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestFirstLines reads what files say of themselves: a file that got
// another name must not go on with the old one.
func TestFirstLines(t *testing.T) {
	checks := map[string]func(file, text string) string{
		"*/*.go": wrongPackage,
		"*/*.py": wrongRun,
	}
	for pattern, check := range checks {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			text, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Empty(t, check(filepath.ToSlash(file), string(text)))
		}
	}
}

var (
	packageLine = regexp.MustCompile(`(?m)^// Package (\S+) [^\n]`)
	runLine     = regexp.MustCompile(
		`^""".*\. Run: (\S+\.py)( \w+)?"""\n`)
)

// wrongPackage is what is wrong with the comment of a package, or "".
func wrongPackage(file, text string) string {
	dir, _, _ := strings.Cut(file, "/")
	said := packageLine.FindStringSubmatch(text)
	if said == nil || said[1] == dir {
		return ""
	}
	return fmt.Sprintf("examples/%s speaks of package %s; it is %s",
		file, said[1], dir)
}

// wrongRun is what is wrong with the first line of an original, or "".
func wrongRun(file, text string) string {
	name := file[strings.LastIndexByte(file, '/')+1:]
	said := runLine.FindStringSubmatch(text)
	if said == nil || said[1] != name || said[2] != "" &&
		!strings.Contains(text, "def"+said[2]+"(") {
		return fmt.Sprintf("examples/%s:1: no such program; "+
			`write """What it does. Run: %s function"""`, file, name)
	}
	return ""
}

func TestFirstLinesCanFail(t *testing.T) {
	good := "\"\"\"A. Run: b.py c\"\"\"\n\nasync def c() -> None:\n"
	assert.Empty(t, wrongRun("a/b.py", good))
	assert.Empty(t, wrongRun("a/b.py", "\"\"\"A. Run: b.py\"\"\"\n"))
	want := "examples/a/d.py:1: no such program; " +
		`write """What it does. Run: d.py function"""`
	none := "\"\"\"A. Run: d.py e\"\"\"\n"
	for _, bad := range []string{good, "", none} {
		assert.Equal(t, want, wrongRun("a/d.py", bad))
	}
	code := "// Package a does it.\npackage a\n"
	assert.Empty(t, wrongPackage("a/a.go", code))
	assert.Equal(t, "examples/b/a.go speaks of package a; it is b",
		wrongPackage("b/a.go", code))
}
