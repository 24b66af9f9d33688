package examples

import (
	"bytes"
	"errors"
	"fmt"
	"go/doc"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A lesson is what go/doc knows of an Example: the tests read the output
// with it, not with the extractor that they check.
type lesson struct {
	name string // gather.ExampleAll
	*doc.Example
}

// lessons returns every Example of every chapter.
func lessons(t *testing.T) (all []lesson) {
	t.Helper()
	each(t, "examples/*/*_test.go", func(path, _ string) {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		require.NoError(t, err)
		for _, example := range doc.Examples(file) {
			name := file.Name.Name + ".Example" + example.Name
			all = append(all, lesson{name, example})
		}
	})
	require.NotEmpty(t, all)
	return all
}

// programs is the folder with the executables of all whole programs. It
// is made once, by the first test that asks.
var programs = sync.OnceValues(buildPrograms)

// buildPrograms builds and vets the whole program of every Example, in a
// module that holds nothing else. The examples can't be imported from
// there, so what builds also builds where a reader pastes it.
func buildPrograms() (bin string, err error) {
	sources, module := filepath.Join(scratch, "src"), filepath.Join(scratch, "mod")
	bin = filepath.Join(scratch, "bin") + string(filepath.Separator)
	if err := output(root, "go", "run", "./tools/extract", "-programs", sources); err != nil {
		return "", err
	}
	files, err := filepath.Glob(filepath.Join(sources, "*.go"))
	if err != nil {
		return "", err
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		home := filepath.Join(module, name)
		if err := os.MkdirAll(home, 0o777); err != nil {
			return "", err
		}
		if err := copyFile(file, filepath.Join(home, "main.go")); err != nil {
			return "", err
		}
	}
	if err := writeModule(module); err != nil {
		return "", err
	}
	// Without paths, a build is the same in every temporary folder and
	// comes from the cache; without symbols, it links in half the time.
	return bin, errors.Join(
		output(module, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", bin, "./..."),
		output(module, "go", "vet", "-trimpath", "./..."),
	)
}

// output runs a command in dir and reports its failure with what it
// printed.
func output(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", cmd, err, out)
	}
	return nil
}

// TestPrograms runs the whole program of every Example and compares what
// it prints with the Example's output.
func TestPrograms(t *testing.T) {
	bin, err := programs()
	require.NoError(t, err)
	for _, l := range lessons(t) {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			if l.Output == "" && !l.EmptyOutput {
				t.Fatalf("%s has no // Output: comment; every Example says what it prints", l.name)
			}
			cmd := exec.Command(filepath.Join(bin, l.name+exeSuffix))
			var out, errs bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &errs
			require.NoError(t, cmd.Run(), errs.String())
			assert.Empty(t, errs.String(), "on standard error")
			want, got := outputLines(l.Output), outputLines(out.String())
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
