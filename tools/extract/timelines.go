package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/program"
	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/virtualtime"
)

// A recording is the timeline of one program, or why there is none.
type recording struct {
	text []byte
	at   finding.Position
	err  error
}

// recordings is the folder of what was recorded, with a folder for each program.
const recordings = ".bin/timelines"

// timelineFence finds the programs to record before the pages are walked, so that they can be
// recorded at the same time. What it finds too much costs time, not truth.
var timelineFence = regexp.MustCompile(`\{[^}\n]*timeline="([^"\n]+)"`)

// recordTimelines records the programs that the pages name.
func (s *sources) recordTimelines(ctx context.Context, rootDir string, stderr io.Writer) error {
	names := timelineNames(filepath.Join(rootDir, contentDir))
	if len(names) == 0 {
		return nil
	}
	key, err := toolKey(rootDir)
	if err != nil {
		return err
	}
	var originals, programs []string
	for _, name := range names {
		if isPython(name) {
			originals = append(originals, name)
		} else {
			programs = append(programs, name)
		}
	}
	if err := s.recordOriginals(ctx, rootDir, key, originals, stderr); err != nil || len(programs) == 0 {
		return err
	}
	set, err := program.Load(rootDir, "./"+examplesDir+"/...")
	if err != nil {
		return err
	}
	s.recordAll(programs, func(name string) (at finding.Position, rec recorderFunc, err error) {
		src, at, err := s.timelineSource(set, name)
		return at, func() ([]byte, error) {
			return record(ctx, filepath.Join(rootDir, recordings), key, src)
		}, err
	})
	return nil
}

// A recorderFunc records one program.
type recorderFunc func() ([]byte, error)

// recordAll records programs at the same time. prepare is called for one after the other: it says
// where a program stands and how to record it.
func (s *sources) recordAll(names []string, prepare func(name string) (at finding.Position, rec recorderFunc, err error)) {
	all := make([]recording, len(names))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, name := range names {
		at, rec, err := prepare(name)
		if err != nil {
			all[i].err = err
			continue
		}
		g.Go(func() error {
			text, err := rec()
			if err != nil {
				err = fmt.Errorf("%s (%s) has no timeline: %w", name, at, err)
			}
			all[i] = recording{text, at, err}
			return nil
		})
	}
	_ = g.Wait() // each recording keeps its own error
	for i, name := range names {
		s.timelines[name] = all[i]
	}
}

// timelineNames lists what the pages below a folder name. What cannot be read is for the walk
// over the pages to report.
func timelineNames(dir string) (all []string) {
	seen := map[string]bool{}
	_ = filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".md") || !e.Type().IsRegular() {
			return nil
		}
		page, err := os.ReadFile(path)
		if err != nil {
			return nil
		}
		for _, m := range timelineFence.FindAllSubmatch(page, -1) {
			if name := string(m[1]); !seen[name] {
				seen[name] = true
				all = append(all, name)
			}
		}
		return nil
	})
	return all
}

// timelineSource finds the program that a timeline names: an Example, or a section of a script.
func (s *sources) timelineSource(set *program.Set, name string) (src virtualtime.Source, at finding.Position, err error) {
	src.Name = name
	if strings.HasPrefix(name, "scripts/") {
		sc, sec, err := s.section(name)
		if err != nil {
			return src, at, err
		}
		src.Files = map[string][]byte{"main.go": sec.text}
		src.Locate = func(_ string, line int) string { return fmt.Sprintf("%s:%d", sec.name, line) }
		return src, finding.At(sc.path, sec.line), nil
	}
	p, err := set.Program(name)
	if err != nil {
		return src, at, err
	}
	src.Files = map[string][]byte{"main.go": p.Source}
	src.Locate, err = virtualtime.Declarations(p.Source, name[strings.LastIndexByte(name, '.')+1:])
	return src, finding.At(p.Pos.Filename, p.Pos.Line), err
}

// toolKey stands for all that makes a timeline besides the program: this command, the Go that
// builds the programs, and the versions of what they import.
func toolKey(rootDir string) ([]byte, error) {
	h := sha256.New()
	env := exec.Command("go", "env", "GOVERSION", "GOFLAGS")
	env.Dir, env.Stdout = rootDir, h
	if err := env.Run(); err != nil {
		return nil, fmt.Errorf("go env: %w", err)
	}
	exe, err := os.Executable()
	if err != nil {
		return nil, err
	}
	for _, path := range []string{exe, filepath.Join(rootDir, "go.mod"), filepath.Join(rootDir, "go.sum")} {
		f, err := os.Open(path)
		if os.IsNotExist(err) { // a module without dependencies has no go.sum
			continue
		}
		if err != nil {
			return nil, err
		}
		_, err = io.Copy(h, f)
		f.Close()
		if err != nil {
			return nil, err
		}
	}
	return h.Sum(nil), nil
}

// record records a program unless an earlier run did. A recording depends on nothing but the
// program, the tool and the versions, so it may be kept like a test's result.
func record(ctx context.Context, scratch string, key []byte, src virtualtime.Source) ([]byte, error) {
	h := sha256.New()
	h.Write(key)
	h.Write([]byte(src.Name))
	h.Write(src.Files["main.go"])
	return keep(filepath.Join(scratch, virtualtime.Folder(src.Name)), h.Sum(nil), func() (*timeline.Timeline, error) {
		return virtualtime.Record(ctx, scratch, src)
	})
}

// keep returns what an earlier run kept in a program's folder under the key, or records it. Only
// the last recording is kept. Other processes may do the same at the same time.
func keep(dir string, key []byte, rec func() (*timeline.Timeline, error)) ([]byte, error) {
	kept := filepath.Join(dir, fmt.Sprintf("%x.csv", key[:12]))
	if text, err := os.ReadFile(kept); err == nil {
		return text, nil
	}
	t, err := rec()
	if err != nil {
		return nil, err
	}
	text := t.CSV()
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, err
	}
	old, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range old {
		if strings.HasSuffix(e.Name(), ".csv") {
			os.Remove(filepath.Join(dir, e.Name())) // another process may have done so
		}
	}
	part, err := os.CreateTemp(dir, "*.part")
	if err != nil {
		return nil, err
	}
	defer os.Remove(part.Name()) // if it still has that name
	_, err = part.Write(text)
	if err := errors.Join(err, part.Close()); err != nil {
		return nil, err
	}
	return text, os.Rename(part.Name(), kept)
}

// findTimeline finds the recorded timeline of a fence.
func (s *sources) findTimeline(name string) (*block, error) {
	r, ok := s.timelines[name]
	if !ok {
		return nil, fmt.Errorf("%s was not recorded; write the attribute as timeline=%q", name, name)
	}
	if r.err != nil {
		return nil, r.err
	}
	b := &block{text: bytes.Clone(r.text), at: r.at, lang: "csv"}
	b.measure(r.at.Path, func(int) int { return 0 })
	return b, nil
}
