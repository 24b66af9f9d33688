package timeline

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/awaitless/awaitless/internal/playback"
)

// A Source is a program to record.
type Source struct {
	Name  string            // names it in errors, and its folder among others
	Dir   string            // the folder of its package; empty for a program that has only Files
	Files map[string][]byte // its Go files by name, without tests
	// Locate words the place of a line for the column "at". Nil gives FILE:LINE.
	Locate func(file string, line int) string
}

// patience bounds, in real time, what takes milliseconds.
const patience = time.Minute

// Record builds and runs a program, and returns its timeline. It works in a folder below scratch,
// which it makes if need be; what is there from an earlier call makes the next one quick. A
// program without a folder of its own is built there, so scratch must be inside a module that
// has what the program imports. Calls for one name take turns, in other processes too.
func Record(ctx context.Context, scratch string, s Source) (*Timeline, error) {
	if runtime.GOOS == "windows" {
		return nil, errors.New("no timelines on Windows: its Go runtime has no faketime")
	}
	scratch, err := filepath.Abs(filepath.Join(scratch, Folder(s.Name)))
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(scratch, 0o777); err != nil {
		return nil, err
	}
	unlock, err := lockedfile.MutexAt(filepath.Join(scratch, "lock")).Lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	files, err := instrument(s.Files)
	if err != nil {
		return nil, err
	}
	binary, err := s.build(ctx, scratch, files)
	if err != nil {
		return nil, err
	}
	trace := filepath.Join(scratch, "trace")
	defer os.Remove(trace) // that of a program which never rests fills gigabytes in a minute
	if err := play(ctx, binary, trace); err != nil {
		return nil, err
	}
	f, err := os.Open(trace)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := &reader{locate: s.Locate, lanes: map[goID]*lane{}}
	return r.read(f)
}

// Folder is the folder of a program of that name, below scratch.
func Folder(name string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
}

// build builds the instrumented program. The compiler takes the changed files through an
// overlay, so that a program stays in its own module, untouched.
func (s *Source) build(ctx context.Context, scratch string, files map[string][]byte) (binary string, err error) {
	dir := s.Dir
	if dir == "" {
		dir = scratch
	}
	replace := map[string]string{}
	for name, src := range files {
		there := filepath.Join(scratch, name)
		if err := write(there, src); err != nil {
			return "", err
		}
		replace[filepath.Join(dir, name)] = there
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	list := filepath.Join(scratch, "overlay.json")
	if err := write(list, overlay); err != nil {
		return "", err
	}
	binary = filepath.Join(scratch, "program")
	build := exec.CommandContext(ctx, "go", "build", "-tags", "faketime", "-overlay", list, "-o", binary, ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("it does not build: %w\n%s", err, bytes.TrimSpace(out))
	}
	return binary, nil
}

// write keeps a file that is as it should be: go build looks at its time.
func write(path string, text []byte) error {
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, text) {
		return nil
	}
	return os.WriteFile(path, text, 0o666)
}

// play runs the program with one processor, on which goroutines take turns in a fixed order.
func play(ctx context.Context, binary, trace string) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errors.New(
		"it did not end; a program that waits for a network, a signal or the processor has no timeline"))
	defer cancel()
	run := exec.CommandContext(ctx, binary)
	run.Env = append(os.Environ(), "GOMAXPROCS=1", "TIMELINE="+trace,
		// What the collector and preemption do depends on the machine.
		"GOGC=off", "GODEBUG=asyncpreemptoff=1")
	var errs bytes.Buffer
	run.Stderr = &errs
	if err := run.Run(); err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		said := strings.TrimSpace(string(playback.Unframed(errs.Bytes())))
		return fmt.Errorf("%w; a program has a timeline if its main returns or waits for ever%s", err, strings.TrimSuffix("\n"+said, "\n"))
	}
	return nil
}
