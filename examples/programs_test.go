package examples

import (
	"flag"
	"go/doc"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An example is what go/doc knows of an Example: the tests read the
// output with it, not with the extractor that they check.
type example struct {
	name string // gather.ExampleAll
	*doc.Example
}

// lessons returns every Example of every chapter.
func exampleDocs(t *testing.T) (all []example) {
	t.Helper()
	each(t, "examples/*/*_test.go", func(path, _ string) {
		file, err := parser.ParseFile(
			token.NewFileSet(), path, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, e := range doc.Examples(file) {
			name := file.Name.Name + ".Example" + e.Name
			all = append(all, example{name, e})
		}
	})
	require.NotEmpty(t, all)
	return all
}

// TestPrograms compares what the whole program of every Example prints
// with the Example's output.
func TestPrograms(t *testing.T) {
	t.Parallel()
	all := slices.DeleteFunc(exampleDocs(t), func(l example) bool {
		run := flag.Lookup("test.run").Value.String()
		return !selected(run, t.Name(), l.name)
	})
	var names []string
	for _, l := range all {
		names = append(names, l.name)
	}
	runs, err := suite.RunPrograms(names...)
	require.NoError(t, err)
	for _, l := range all {
		t.Run(l.name, func(t *testing.T) {
			if l.Output == "" && !l.EmptyOutput {
				t.Fatalf("%s has no // Output: comment; "+
					"every Example says what it prints", l.name)
			}
			r := runs[l.name]
			require.NoError(t, r.Err, r.Stderr)
			assert.Empty(t, r.Stderr, "on standard error")
			want, got := outputLines(l.Output), outputLines(r.Stdout)
			if l.Unordered {
				slices.Sort(want)
				slices.Sort(got)
			}
			assert.Equal(t, want, got)
		})
	}
}

// selected reports whether go test -run asks for a subtest, so that the
// others need no preparation. In doubt it does: one too many costs
// time, and one too few would not be tested.
func selected(run, test, subtest string) bool {
	for one := range strings.SplitSeq(run, "|") {
		asks := true
		parts := strings.Split(one, "/")
		for i, name := range []string{test, subtest} {
			if i < len(parts) {
				// An error may be a group that the split has torn.
				ok, err := regexp.MatchString(parts[i], name)
				asks = asks && (ok || err != nil)
			}
		}
		if asks {
			return true
		}
	}
	return false
}

func TestSelected(t *testing.T) {
	const test, subtest = "TestPrograms", "gather.ExampleAll"
	for _, run := range []string{
		"", "Programs", "^TestPrograms$/^gather\\.",
		"TestLessons/pools|TestPrograms", "TestPrograms|TestLessons/x",
		"TestLessons/pools|TestPrograms/gather|TestNames",
		"(TestPaste|TestPrograms)/gather", "TestPrograms/(All|gather)",
	} {
		assert.True(t, selected(run, test, subtest), run)
	}
	for _, run := range []string{
		"TestNames", "TestLessons/gather|TestPrograms/pools",
	} {
		assert.False(t, selected(run, test, subtest), run)
	}
}

// outputLines splits an output as go test compares it: without space
// around it.
func outputLines(text string) []string {
	return strings.Split(strings.TrimSpace(text), "\n")
}
