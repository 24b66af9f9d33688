package examples

import (
	"bytes"
	"flag"
	"go/doc"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A lesson is what go/doc knows of an Example: the tests read the
// output with it, not with the extractor that they check.
type lesson struct {
	name string // gather.ExampleAll
	*doc.Example
}

// lessons returns every Example of every chapter.
func lessons(t *testing.T) (all []lesson) {
	t.Helper()
	each(t, "examples/*/*_test.go", func(path, _ string) {
		file, err := parser.ParseFile(
			token.NewFileSet(), path, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, example := range doc.Examples(file) {
			name := file.Name.Name + ".Example" + example.Name
			all = append(all, lesson{name, example})
		}
	})
	require.NotEmpty(t, all)
	return all
}

// A run is what one execution of a whole program printed.
type run struct {
	stdout, stderr string
	err            error
}

// runs holds the run of each program, which is made once: a
// func() run by name.
var runs sync.Map

// running limits the programs that run at the same time. Most of their
// time they sleep; but they have to wake in time.
var running = make(chan struct{}, 16)

// runPrograms runs the named programs, unless they have run before,
// and returns what each printed.
func runPrograms(names ...string) (map[string]run, error) {
	bin, err := programs.build(names...)
	if err != nil {
		return nil, err
	}
	printed := make([]run, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		path := filepath.Join(bin, name+exeSuffix)
		once := sync.OnceValue(func() run { return runOne(path) })
		first, _ := runs.LoadOrStore(name, once)
		wg.Go(func() { printed[i] = first.(func() run)() })
	}
	wg.Wait()
	byName := map[string]run{}
	for i, name := range names {
		byName[name] = printed[i]
	}
	return byName, nil
}

func runOne(path string) run {
	running <- struct{}{}
	defer func() { <-running }()
	cmd := exec.Command(path)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	return run{out.String(), errs.String(), err}
}

// TestPrograms compares what the whole program of every Example prints
// with the Example's output.
func TestPrograms(t *testing.T) {
	t.Parallel()
	all := slices.DeleteFunc(lessons(t), func(l lesson) bool {
		run := flag.Lookup("test.run").Value.String()
		return !selected(run, t.Name(), l.name)
	})
	var names []string
	for _, l := range all {
		names = append(names, l.name)
	}
	runs, err := runPrograms(names...)
	require.NoError(t, err)
	for _, l := range all {
		t.Run(l.name, func(t *testing.T) {
			if l.Output == "" && !l.EmptyOutput {
				t.Fatalf("%s has no // Output: comment; "+
					"every Example says what it prints", l.name)
			}
			r := runs[l.name]
			require.NoError(t, r.err, r.stderr)
			assert.Empty(t, r.stderr, "on standard error")
			want, got := outputLines(l.Output), outputLines(r.stdout)
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
