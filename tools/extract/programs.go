package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/signal"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/program"
	"github.com/awaitless/awaitless/internal/schedule"
	"github.com/awaitless/awaitless/internal/source"
)

// printProgram prints the program of one Example. It loads the Example's package alone when
// there is one, and all for the names in the error when there is none.
func printProgram(root, name string, stdout, stderr io.Writer) error {
	pattern := "./" + source.ExamplesDir + "/..."
	if i := strings.LastIndexByte(name, '.'); i > 0 && filepath.IsLocal(filepath.FromSlash(name[:i])) {
		dir := filepath.Join(root, source.ExamplesDir, filepath.FromSlash(name[:i]))
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			pattern = "./" + source.ExamplesDir + "/" + name[:i]
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
	warn(stderr, p)
	_, err = stdout.Write(p.Source)
	return err
}

// warn says why a program may print something else than its Example.
func warn(stderr io.Writer, p *program.Program) {
	for _, w := range p.Warnings {
		fmt.Fprintf(stderr, "%s (%s)\n", w, p.Name)
	}
}

// writePrograms writes every Example's program and the index of sources into the folder dir, and
// removes the programs of Examples that are gone. It writes nothing if one cannot be made.
func writePrograms(rootDir, dir string, stderr io.Writer) error {
	set := &program.Set{}
	if _, err := os.Stat(filepath.Join(rootDir, source.ExamplesDir)); err == nil {
		if set, err = program.Load(rootDir, "./"+source.ExamplesDir+"/..."); err != nil {
			return err
		}
	}
	files, orders := map[string][]byte{}, map[string]string{}
	var errs []error
	for _, name := range set.Names() {
		p, err := set.Program(name)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		warn(stderr, p)
		files[name+".go"] = p.Source
		if p.HasOutput {
			orders[name] = schedule.Claim(p.Source, p.Unordered)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	index, err := indexSources(rootDir, orders)
	if err != nil {
		return err
	}
	files[indexName] = index
	folder, err := openFolder(rootDir, dir)
	if err != nil {
		return fmt.Errorf("%s: %s", dir, finding.Reason(err))
	}
	defer folder.Close()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop() // what follows is quick, and a signal may wait for it
	release, locked := lock(ctx, folder)
	defer release()
	if ctx.Err() != nil {
		return errors.New("interrupted; nothing was written")
	}
	if err := writeFiles(folder, files); err != nil {
		return err
	}
	if err := removeStale(folder, files, locked); err != nil {
		return err
	}
	return writePictures(ctx, rootDir)
}

// openFolder opens the folder for programs and makes it if need be. A relative path stays inside
// the root, links included; an absolute one, such as a test's temporary folder, is taken as it is.
func openFolder(rootDir, dir string) (*os.Root, error) {
	if filepath.IsAbs(dir) {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
		return os.OpenRoot(dir)
	}
	root, err := os.OpenRoot(rootDir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if err := root.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	return root.OpenRoot(dir)
}

// writeFiles writes the files that differ, so that tools that watch the folder see only those.
// Each is replaced in one step: on a full disk the old one stays.
func writeFiles(folder *os.Root, files map[string][]byte) error {
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if old, err := folder.ReadFile(name); err == nil && bytes.Equal(old, files[name]) {
			continue
		}
		if err := folder.MkdirAll(path.Dir(name), 0o777); err != nil {
			return fmt.Errorf("%s: %s", path.Dir(name), finding.Reason(err))
		}
		if err := writeFile(folder, name, files[name]); err != nil {
			return fmt.Errorf("%s: cannot be written: %s", name, finding.Reason(err))
		}
	}
	return nil
}

func writeFile(folder *os.Root, name string, text []byte) error {
	dir, err := folder.OpenRoot(path.Dir(name))
	if err != nil {
		return err
	}
	defer dir.Close()
	return replaceFile(dir, path.Base(name), text, 0o644)
}

// removeStale removes programs that are not among the files. Anything that does not begin as a
// program of its name does is not ours and stays, but for what a killed run left.
func removeStale(folder *os.Root, files map[string][]byte, locked bool) error {
	return fs.WalkDir(folder.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if temporary.MatchString(e.Name()) {
			return sweep(folder, name, e, locked)
		}
		if _, ok := files[name]; ok || !e.Type().IsRegular() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		src, err := folder.ReadFile(name)
		if err != nil || !program.IsProgram(src, strings.TrimSuffix(name, ".go")) {
			return err
		}
		return folder.Remove(name)
	})
}
