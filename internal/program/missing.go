package program

import (
	"bytes"
	"errors"
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// checkMissing compares what was loaded with the folders that hold Go files. When go list cannot
// read the module, such as one whose go.mod is out of step, the loader returns no packages and no
// error. Whoever takes that for a module without Examples deletes all programs.
func (s *Set) checkMissing(loaded []*packages.Package, patterns []string) error {
	have := map[string]bool{}
	for _, p := range loaded {
		for _, name := range append(p.GoFiles, p.OtherFiles...) {
			have[filepath.Dir(name)] = true
		}
	}
	for _, pattern := range patterns {
		missing, err := firstMissing(filepath.Join(s.dir, strings.TrimSuffix(pattern, "...")), strings.HasSuffix(pattern, "..."), have)
		if err != nil {
			return err
		}
		if missing == "" {
			continue
		}
		if err := s.askGo(pattern, missing); err != nil {
			return err
		}
	}
	return nil
}

// firstMissing is a folder with Go files to build that is not among those in have, or "".
func firstMissing(root string, below bool, have map[string]bool) (missing string, err error) {
	err = filepath.WalkDir(root, func(dir string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() {
			return nil // go list says what it cannot read
		}
		name := e.Name()
		if dir != root {
			_, err := os.Stat(filepath.Join(dir, "go.mod"))
			if !below || name[0] == '.' || name[0] == '_' || name == "testdata" || name == "vendor" || err == nil {
				return fs.SkipDir
			}
		}
		if have[dir] {
			return nil
		}
		if _, err := build.Default.ImportDir(dir, 0); !errors.As(err, new(*build.NoGoError)) {
			missing = dir
			return fs.SkipAll
		}
		return nil
	})
	return missing, err
}

// askGo asks go list itself, and returns what it says. A folder that it leaves out too, by flags
// of the user, is no error.
func (s *Set) askGo(pattern, missing string) error {
	list := exec.Command("go", "list", "-test", "-deps", "-f", "{{.Dir}}", pattern)
	list.Dir = s.dir
	var out, errs bytes.Buffer
	list.Stdout, list.Stderr = &out, &errs
	if err := list.Run(); err != nil {
		said := strings.TrimSpace(errs.String())
		if strings.Contains(said, "build constraints exclude all Go files") {
			return nil
		}
		return fmt.Errorf("go list %s: %w\n%s", pattern, err, said)
	}
	if !slices.Contains(strings.Split(out.String(), "\n"), missing) {
		return nil
	}
	rel := s.relative(missing)
	return fmt.Errorf("%s: its package was not loaded, and go list does not say why; run go build ./%s", rel, rel)
}
