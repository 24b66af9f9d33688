package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/awaitless/awaitless/internal/program"
	"github.com/awaitless/awaitless/internal/rewrite"
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
	ctx, stop := untilSignal()
	defer stop() // what follows is quick, and a signal may wait for it
	if err := rewrite.Folder(ctx, rootDir, dir, files, isProgram); err != nil {
		return err
	}
	return writePictures(ctx, rootDir)
}

// isProgram reports whether extract wrote the file. Anything that does not begin as a program of
// its name does is not ours.
func isProgram(name string, text []byte) bool {
	base, ok := strings.CutSuffix(name, ".go")
	return ok && program.IsProgram(text, base)
}
