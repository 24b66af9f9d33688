package lesson

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/finding"
)

// Sources is the module with the whole program of every Example, src in the home of the suite: a
// folder for each. They are made once, by the first test that asks, and only if what they are made
// from has changed.
func (s *Suite) Sources() (string, error) { return s.sources() }

func (s *Suite) makeSources() (string, error) {
	home, err := filepath.Abs(s.home)
	if err != nil {
		return "", err
	}
	module := filepath.Join(home, "src")
	sum := filepath.Join(home, "sum")
	now, err := s.checksum(module)
	if err != nil {
		return "", err
	}
	then, err := os.ReadFile(sum)
	if err == nil && string(then) == now {
		return module, nil
	}
	texts := filepath.Join(s.scratch, "programs")
	err = Command(s.root,
		"go", "run", "./tools/extract", "-programs", texts)
	if err != nil {
		return "", err
	}
	if err := s.layOut(texts, module); err != nil {
		return "", err
	}
	if now, err = s.checksum(module); err != nil {
		return "", err
	}
	return module, os.WriteFile(sum, []byte(now), 0o666)
}

// checksum is one of all that the programs depend on, and of the
// programs themselves. It reads every file in this process: what only a
// child reads is unknown to go test, which would answer "(cached)"
// after it changed.
func (s *Suite) checksum(module string) (string, error) {
	sum := sha256.New()
	visit := func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		fmt.Fprintf(sum, "%s %d\n%s", path, len(data), data)
		return err
	}
	for _, part := range []string{
		"go.mod", "go.sum", "examples", "internal", "tools",
	} {
		err := filepath.WalkDir(filepath.Join(s.root, part), visit)
		if err != nil {
			return "", err
		}
	}
	err := filepath.WalkDir(module, visit)
	return fmt.Sprintf("%x", sum.Sum(nil)), err
}

// PassedBefore reports whether a test of what a tool says of the
// sources has passed with the same sources, and the same release of Go.
// If not, it keeps that it passes now.
func (s *Suite) PassedBefore(t *testing.T) bool {
	t.Helper()
	mark := filepath.Join(s.home, t.Name())
	sum, err := os.ReadFile(filepath.Join(s.home, "sum"))
	require.NoError(t, err)
	then, err := os.ReadFile(mark)
	if err == nil && bytes.Equal(then, sum) {
		return true
	}
	t.Cleanup(func() {
		if !t.Failed() {
			err := os.WriteFile(mark, sum, 0o666)
			assert.NoError(t, err)
		}
	})
	return false
}

// layOut makes module a module with a folder for each program in texts,
// and with nothing else. The examples can't be imported from there, so
// what builds there also builds where a reader pastes it.
func (s *Suite) layOut(texts, module string) error {
	files, err := filepath.Glob(filepath.Join(texts, "*.go"))
	if err != nil {
		return err
	}
	if err := os.RemoveAll(module); err != nil {
		return err
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		dir := filepath.Join(module, name)
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		main := filepath.Join(dir, "main.go")
		if err := Copy(file, main); err != nil {
			return err
		}
	}
	return s.writeGoLines(module)
}

// A builder builds whole programs when tests ask for them.
type builder struct {
	mu     sync.Mutex // one build at a time
	wanted sync.Map   // by name; those who wait join the next build
	built  map[string]error
}

// build makes sure that the programs are built, and returns the folder
// of their executables, and an error for each name that has none.
func (s *Suite) build(names ...string) (bin string, failed map[string]error, err error) {
	b := &s.builder
	for _, name := range names {
		b.wanted.Store(name, true)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	module, err := s.sources()
	if err != nil {
		return "", nil, err
	}
	bin = filepath.Join(filepath.Dir(module), "bin")
	var missing []string
	b.wanted.Range(func(name, _ any) bool {
		if _, ok := b.built[name.(string)]; !ok {
			missing = append(missing, name.(string))
		}
		return true
	})
	slices.Sort(missing)
	there, absent := present(module, missing)
	maps.Copy(b.built, absent)
	if len(there) > 0 {
		err := install(module, bin, there)
		for _, name := range there {
			b.built[name] = err
		}
	}
	failed = map[string]error{}
	for _, name := range names {
		if err := b.built[name]; err != nil {
			failed[name] = err
		}
	}
	return bin, failed, nil
}

// present returns which of the named programs are in the module, and
// an error for each that is not: one wrong name in a script must not
// hold up the programs of the others.
func present(module string, names []string) (there []string, absent map[string]error) {
	var all []string
	dirs, _ := filepath.Glob(filepath.Join(module, "*.Example*"))
	for _, dir := range dirs {
		all = append(all, filepath.Base(dir))
	}
	absent = map[string]error{}
	for _, name := range names {
		if slices.Contains(all, name) {
			there = append(there, name)
		} else {
			absent[name] = fmt.Errorf("no Example %s; %s", name, finding.Valid(name, all))
		}
	}
	return there, absent
}

func install(module, bin string, names []string) error {
	args := []string{"install", "-trimpath", "-ldflags=-s -w"}
	for _, name := range names {
		args = append(args, "./"+name)
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = module
	cmd.Env = append(os.Environ(), "GOBIN="+bin)
	return finish(cmd)
}

// Command runs a command in dir and reports its failure with what it
// printed.
func Command(dir, name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	return finish(cmd)
}

func finish(cmd *exec.Cmd) error {
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", cmd, err, out)
	}
	return nil
}
