package examples

import (
	"bytes"
	"go/doc"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
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

// runAll runs every program once, for TestPrograms and for the scripts.
// Most of their time they sleep, so many run at the same time; not all,
// since the order of what they print rests on gaps of 50 ms.
var runAll = sync.OnceValues(func() (map[string]run, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	src, err := sources()
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(src, "*.go"))
	if err != nil {
		return nil, err
	}
	runs := make([]run, len(files))
	var g errgroup.Group
	g.SetLimit(16)
	for i, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		g.Go(func() error {
			runs[i] = runOne(filepath.Join(bin, name+exeSuffix))
			return nil
		})
	}
	_ = g.Wait() // each run keeps its own error
	byName := map[string]run{}
	for i, file := range files {
		byName[strings.TrimSuffix(filepath.Base(file), ".go")] = runs[i]
	}
	return byName, nil
})

func runOne(path string) run {
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
	runs, err := runAll()
	require.NoError(t, err)
	for _, l := range lessons(t) {
		t.Run(l.name, func(t *testing.T) {
			if l.Output == "" && !l.EmptyOutput {
				t.Fatalf("%s has no // Output: comment; "+
					"every Example says what it prints", l.name)
			}
			r, ok := runs[l.name]
			require.True(t, ok, "%s has no program", l.name)
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

// outputLines splits an output as go test compares it: without space
// around it.
func outputLines(text string) []string {
	return strings.Split(strings.TrimSpace(text), "\n")
}
