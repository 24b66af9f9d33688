package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/asyncio"
	"github.com/awaitless/awaitless/internal/timeline/virtualtime"
)

// errUnchecked is why a fence is left as it is.
var errUnchecked = errors.New("not checked")

// recordOriginals records asyncio originals, if there is a Python that can.
func (s *sources) recordOriginals(ctx context.Context, rootDir string, key []byte, names []string, stderr io.Writer) error {
	if len(names) == 0 {
		return nil
	}
	python, err := virtualtime.FindPython(ctx)
	if err != nil {
		if os.Getenv("REQUIRE_TOOLS") == "" {
			fmt.Fprintf(stderr, "not checked: timelines of asyncio originals (%d): %v\n", len(names), err)
			err = errUnchecked
		}
		for _, name := range names {
			s.timelines[name] = recording{err: err}
		}
		return nil
	}
	recorder := filepath.Join(rootDir, recordings, ".asyncio")
	if err := asyncio.Write(recorder); err != nil {
		return err
	}
	key = append(key, asyncio.Sum()...)
	key = append(key, python.Version...)
	s.recordAll(names, func(name string) (at finding.Position, rec recorderFunc, err error) {
		f, arg, err := s.pythonFile(name)
		if err != nil {
			return at, nil, err
		}
		return finding.At(f.path, f.lineOf(arg)), func() ([]byte, error) {
			return recordOriginal(ctx, rootDir, recorder, key, python, f, arg)
		}, nil
	})
	return nil
}

func recordOriginal(ctx context.Context, rootDir, recorder string, key []byte, python virtualtime.Python, f *pyFile, arg string) ([]byte, error) {
	src := virtualtime.PythonSource{
		Recorder: filepath.Join(recorder, asyncio.Timeline),
		File:     filepath.Join(rootDir, f.path),
		Locate:   f.locate,
	}
	if arg != "" {
		src.Args = []string{arg}
	}
	h := sha256.New()
	fmt.Fprintf(h, "%x %s %s\n%s", key, f.path, arg, f.src)
	dir := filepath.Join(rootDir, recordings, virtualtime.Folder(f.path+":"+arg))
	return keep(dir, h.Sum(nil), func() (*timeline.Timeline, error) {
		return python.Record(ctx, src)
	})
}

// lineOf is where a name is defined, or else where the file begins.
func (f *pyFile) lineOf(name string) int {
	for _, d := range f.defs {
		if d.name == name {
			return d.line
		}
	}
	return 1
}

// locate words a line by the definition that a page shows it in: first:3 is the third line of
// first with its decorators and the comments above.
func (f *pyFile) locate(line int) string {
	for _, d := range f.defs {
		if d.from < line && line <= d.to {
			return fmt.Sprintf("%s:%d", d.name, line-d.from)
		}
	}
	return fmt.Sprintf("%s:%d", filepath.Base(f.path), line)
}
