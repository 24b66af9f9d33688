package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"awaitless/tools/internal/program"
)

// printProgram prints the program of one Example. It loads the Example's package alone when
// there is one, and all for the names in the error when there is none.
func printProgram(root, name string, stdout io.Writer) error {
	pattern := "./examples/..."
	if i := strings.LastIndexByte(name, '.'); i > 0 && !leaves(name[:i]) {
		dir := filepath.Join(root, examplesDir, filepath.FromSlash(name[:i]))
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			pattern = "./examples/" + name[:i]
		}
	}
	set, err := program.Load(root, pattern)
	if err != nil {
		return err
	}
	p, err := set.Program(name)
	if err != nil {
		return err
	}
	_, err = stdout.Write(p.Source)
	return err
}

// writePrograms writes every Example's program into the folder dir, and removes those of
// Examples that are gone.
func writePrograms(rootDir, dir string) error {
	dir = path.Clean(filepath.ToSlash(dir))
	if leaves(dir) || dir == "." {
		return fmt.Errorf("%s is no folder below the root; name one, such as site/static/programs", dir)
	}
	set := &program.Set{}
	if _, err := os.Stat(filepath.Join(rootDir, examplesDir)); err == nil {
		if set, err = program.Load(rootDir, "./examples/..."); err != nil {
			return err
		}
	}
	files := map[string][]byte{}
	var errs []error
	for _, name := range set.Names() {
		p, err := set.Program(name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		files[name+".go"] = p.Source
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	root, err := os.OpenRoot(rootDir)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := writeFiles(root, dir, files); err != nil {
		return err
	}
	return removeStale(root, dir, files)
}

// writeFiles writes the files that differ, so that tools that watch the folder see only those.
func writeFiles(root *os.Root, dir string, files map[string][]byte) error {
	for _, name := range names(files) {
		full := path.Join(dir, name)
		if old, err := root.ReadFile(full); err == nil && bytes.Equal(old, files[name]) {
			continue
		}
		if err := root.MkdirAll(path.Dir(full), 0o777); err != nil {
			return fmt.Errorf("%s: %s", path.Dir(full), reason(err))
		}
		if err := root.WriteFile(full, files[name], 0o666); err != nil {
			return fmt.Errorf("%s: %s", full, reason(err))
		}
	}
	return nil
}

// removeStale removes programs that are not among the files. Anything that does not begin as a
// program of its name does is not ours and stays.
func removeStale(root *os.Root, dir string, files map[string][]byte) error {
	if _, err := root.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fs.WalkDir(root.FS(), dir, func(full string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(full, dir+"/")
		if _, ok := files[name]; ok || !e.Type().IsRegular() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		src, err := root.ReadFile(full)
		if err != nil || !program.IsProgram(src, strings.TrimSuffix(name, ".go")) {
			return err
		}
		return root.Remove(full)
	})
}
