package examples

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestScriptsRunOriginals checks that a script runs each function that
// the asyncio originals offer by name, and says what it has to print.
func TestScriptsRunOriginals(t *testing.T) {
	scripts, originals := map[string]string{}, map[string]string{}
	each(t, "testdata/scripts/*.txtar", func(path, _ string) {
		scripts[path] = read(t, path)
	})
	each(t, "examples/*/*.py", func(path, _ string) {
		originals[path] = read(t, path)
	})
	for _, complaint := range unproven(scripts, originals) {
		t.Error(complaint)
	}
}

// unproven complains of what no script runs, and of what it runs and
// does not compare. Both maps hold texts by their paths.
func unproven(scripts, originals map[string]string) (found []string) {
	ran := map[string]bool{}
	for path, text := range scripts {
		for _, call := range pythonRun.FindAllStringSubmatch(text, -1) {
			ran[call[1]+" "+call[2]] = true
		}
		for _, run := range unread(text) {
			found = append(found, fmt.Sprintf("%s: nobody reads what "+
				"%q prints; compare it with cmp, match, stdout or "+
				"stderr", path, run))
		}
	}
	for path, text := range originals {
		original := filepath.Base(path)
		run := originalName(path)
		for _, name := range entries(text) {
			if !ran[original+" "+name] {
				found = append(found, fmt.Sprintf("%s: no script "+
					"runs %s; add a line `python %s %[2]s` to one of "+
					"testdata/scripts", path, name, run))
			}
		}
	}
	slices.Sort(found)
	return found
}

var (
	pythonRun = regexp.MustCompile(`(?m)^(?:\[\w+\] )?(?:! )?` +
		`python (?:-\w+ )*(?:\w+/)*(\w+\.py)(?: (\w+))?$`)
	pythonDef   = regexp.MustCompile(`(?m)^(?:async )?def (\w+)\(\)`)
	pythonAside = regexp.MustCompile(`(?s)""".*?"""|#[^\n]*`)
)

// entries returns the functions without parameters that no other one
// calls: the first argument of the original names them.
func entries(text string) (names []string) {
	text = pythonAside.ReplaceAllString(text, "")
	for _, def := range pythonDef.FindAllStringSubmatch(text, -1) {
		name := regexp.MustCompile(`\b` + def[1] + `\b`)
		if uses := name.FindAllString(text, -1); len(uses) == 1 {
			names = append(names, def[1])
		}
	}
	return names
}

// unread returns the runs of Python in a script that no later line,
// before the next run, compares with anything.
func unread(script string) (runs []string) {
	script, _, _ = strings.Cut(script, "\n-- ")
	pending := ""
	settle := func() {
		if pending != "" {
			runs = append(runs, pending)
		}
		pending = ""
	}
	for line := range strings.Lines(script) {
		words := strings.Fields(line)
		for len(words) > 0 &&
			(words[0] == "!" || strings.HasPrefix(words[0], "[")) {
			words = words[1:]
		}
		if len(words) == 0 {
			continue
		}
		switch words[0] {
		case "python":
			settle()
			pending = strings.TrimSpace(line)
		case "program", "exec", "go":
			settle()
		case "cmp", "match", "stdout", "stderr":
			pending = ""
		}
	}
	settle()
	return runs
}

// TestScriptsCanFail shows that the checks above find what is missing.
func TestScriptsCanFail(t *testing.T) {
	assert.Equal(t, []string{"shown"}, entries(anOriginal))
	assert.Equal(t, []string{
		"[python] python a.py one",
		"python a.py three",
	}, unread(aScript))
	original := map[string]string{"a/a.py": anOriginal}
	assert.Empty(t, unproven(map[string]string{
		"b.txtar": "python a.py shown\ncmp a b\n",
	}, original))
	unread := map[string]string{"b.txtar": aScript}
	assert.Len(t, unproven(unread, nil), 2)
	assert.Equal(t, []string{
		"a/a.py: no script runs shown; add a line " +
			"`python a.py shown` to one of testdata/scripts",
	}, unproven(nil, original))
	pitfall := map[string]string{"pitfalls/a.py": anOriginal}
	assert.Contains(t, unproven(nil, pitfall)[0],
		"`python pitfalls/a.py shown`")
}

const anOriginal = `def shown() -> None:
    helper()


def helper() -> None: ...  # shown
`

const aScript = `[python] python a.py one
go version
! python a.py two
stderr x
python a.py three
-- a --
cmp x
`
