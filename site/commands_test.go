package site

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

// A command of a proof: go test, perhaps with -race and a pattern, on one
// package; or one order of one Example.
var (
	orders  = regexp.MustCompile(`^go run \./tools/orders -seed \d+ (\w+\.Example\w*)$`)
	command = regexp.MustCompile(`^go test( -race)?(?: -run '([^']+)')? \./(examples(?:/[\w/]+)?)$`)
	subject = regexp.MustCompile(`(?m)^func ((?:Test|Example)\w*)\(`)
)

// TestCommands resolves the command of every block, and those of the page that
// explains them: the tests that it names exist, and look at the block.
func TestCommands(t *testing.T) {
	places := sources(t)
	for name, place := range places {
		for _, complaint := range checkCommand(t, place.Run) {
			t.Errorf("%s: %s: %s", name, place.Run, complaint)
		}
		for _, complaint := range checkSubject(t, name, place) {
			t.Errorf("%s: %s: %s", name, place.Run, complaint)
		}
	}
	for _, f := range fences(t, "/guides/proof/") {
		for line := range strings.Lines(f.body) {
			assert.Empty(t, checkCommand(t, strings.TrimSpace(line)), line)
		}
	}
}

// TestCommandsCanFail shows what the check above finds.
func TestCommandsCanFail(t *testing.T) {
	for _, run := range []string{
		"go vet ./examples/gather",
		"go run ./tools/orders -seed 17 gather.ExampleNone",
		"go test ./examples/nowhere",
		"go test -run '^ExampleNone$' ./examples/gather",
		"go test -run '^ExampleAll$/^x$' ./examples/gather",
		"go test -run '^TestLessons$/^none$' ./examples",
		"go test -run '^TestLessons$/^(gather|none)$' ./examples",
		"go test -run '^TestLessons$/gather' ./examples/gather",
		"go test -run '^TestPrograms$/^gather.ExampleNone$' ./examples",
	} {
		assert.NotEmpty(t, checkCommand(t, run), run)
	}
	gather := "go test -run '^TestLessons$/^gather$' ./examples"
	assert.NotEmpty(t, checkSubject(t, "basics.ExampleFetch", place{Run: "go test -race ./examples/gather"}))
	assert.NotEmpty(t, checkSubject(t, "basics.ExampleFetch", place{Run: "go test ./examples/basics"}))
	assert.NotEmpty(t, checkSubject(t, "basics.py:main", place{Run: gather}))
	assert.NotEmpty(t, checkSubject(t, "scripts/basics.txtar:x", place{Run: gather}))
}

// checkCommand reads a pattern as go test does, and says what it misses.
func checkCommand(t *testing.T, run string) (complaints []string) {
	t.Helper()
	if m := orders.FindStringSubmatch(run); m != nil {
		if _, err := os.Stat(filepath.Join(public, "programs", m[1]+".go")); err != nil {
			return []string{"no Example " + m[1]}
		}
		return nil
	}
	m := command.FindStringSubmatch(run)
	if m == nil {
		return []string{"no command of this form"}
	}
	var names []string
	for _, text := range testFiles(t, m[3]) {
		for _, s := range subject.FindAllStringSubmatch(text, -1) {
			names = append(names, s[1])
		}
	}
	if len(names) == 0 {
		return []string{"no tests in " + m[3]}
	}
	top, sub, split := strings.Cut(m[2], "/")
	if n := matches(top, names); m[2] != "" && n != 1 {
		return []string{fmt.Sprintf("%d tests for %s", n, top)}
	}
	if !split {
		return nil
	}
	below := map[string][]string{
		"examples ^TestLessons$":  stems(t, "../testdata/scripts/*.txtar"),
		"examples ^TestPrograms$": stems(t, filepath.Join(public, "programs", "*.go")),
	}[m[3]+" "+top]
	if n, want := matches(sub, below), 1+strings.Count(sub, "|"); n != want {
		return []string{fmt.Sprintf("%d of %d subtests for %s", n, want, sub)}
	}
	return nil
}

// checkSubject says whether the command is about something else.
func checkSubject(t *testing.T, name string, p place) (complaints []string) {
	t.Helper()
	m := command.FindStringSubmatch(p.Run)
	file, _, _ := strings.Cut(name, ":")
	script, isScript := strings.CutPrefix(file, "scripts/")
	switch {
	case isScript:
		if want := "^TestLessons$/^" + strings.TrimSuffix(script, ".txtar") + "$"; m[2] != want {
			complaints = append(complaints, "not the block's own script")
		}
	case strings.HasSuffix(file, ".py"):
		line := regexp.MustCompile(`(?m)^[^#\n]*\bpython (?:-\w+ )?` + regexp.QuoteMeta(file) + `\b`)
		for slug := range strings.SplitSeq(strings.Trim(strings.TrimPrefix(m[2], "^TestLessons$/^"), "()$"), "|") {
			text, err := os.ReadFile("../testdata/scripts/" + slug + ".txtar")
			if err != nil || !line.Match(text) {
				complaints = append(complaints, "script "+slug+" does not run "+file)
			}
		}
	default:
		pkg, decl, _ := strings.Cut(name, ".")
		decl, _, _ = strings.Cut(decl, "/")
		if m[3] != "examples/"+pkg {
			complaints = append(complaints, "another package")
		}
		if m[1] == "" {
			complaints = append(complaints, "without the race detector")
		}
		if m[2] != "" && m[2] != "^"+decl+"$" {
			complaints = append(complaints, "another test")
		}
	}
	return complaints
}

// matches counts the names that a pattern selects.
func matches(pattern string, names []string) (n int) {
	expr := regexp.MustCompile(pattern)
	for _, name := range names {
		if expr.MatchString(name) {
			n++
		}
	}
	return n
}

func testFiles(t *testing.T, dir string) (texts []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", dir, "*_test.go"))
	require.NoError(t, err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	return texts
}

// stems lists the names of files without what follows their last dot.
func stems(t *testing.T, pattern string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(pattern)
	require.NoError(t, err)
	for _, file := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
	}
	return names
}
