package examples

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// sources holds the text of the whole programs, as name.go. It is made
// once, by the first test that asks.
var sources = sync.OnceValues(func() (string, error) {
	if err := touch(filepath.Join(root, "examples")); err != nil {
		return "", err
	}
	dir := filepath.Join(scratch, "src")
	return dir, output(root,
		"go", "run", "./tools/extract", "-programs", dir)
})

// programs is the folder with the executables of all whole programs.
var programs = sync.OnceValues(buildPrograms)

// buildPrograms builds and vets the whole program of every Example, in
// a module that holds nothing else. The examples can't be imported from
// there, so what builds also builds where a reader pastes it. The
// module stays in .bin, so that go links again only what has changed.
func buildPrograms() (bin string, err error) {
	src, err := sources()
	if err != nil {
		return "", err
	}
	home, err := filepath.Abs(filepath.Join(root, ".bin", "lessons"))
	if err != nil {
		return "", err
	}
	module := filepath.Join(home, "src")
	if err := layOut(src, module); err != nil {
		return "", err
	}
	bin = filepath.Join(home, "bin")
	install := exec.Command("go", "install", "-ldflags=-s -w", "./...")
	install.Dir = module
	install.Env = append(os.Environ(), "GOBIN="+bin)
	return bin, errors.Join(
		finish(install), output(module, "go", "vet", "./..."))
}

// layOut makes module a module with a folder for each program in src,
// and with no other.
func layOut(src, module string) error {
	files, err := filepath.Glob(filepath.Join(src, "*.go"))
	if err != nil {
		return err
	}
	known := map[string]bool{"go.mod": true, "go.sum": true}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".go")
		known[name] = true
		dir := filepath.Join(module, name)
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return err
		}
		main := filepath.Join(dir, "main.go")
		if err := copyFile(file, main); err != nil {
			return err
		}
	}
	there, err := os.ReadDir(module)
	if err != nil {
		return err
	}
	for _, e := range there {
		if !known[e.Name()] {
			path := filepath.Join(module, e.Name())
			if err := os.RemoveAll(path); err != nil {
				return err
			}
		}
	}
	return writeModule(module)
}

// touch opens every file below dir. What only a child process reads is
// unknown to go test, which would answer "(cached)" after it changed.
func touch(dir string) error {
	visit := func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		_, err = os.ReadFile(path)
		return err
	}
	return filepath.WalkDir(dir, visit)
}

// output runs a command in dir and reports its failure with what it
// printed.
func output(dir, name string, args ...string) error {
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
