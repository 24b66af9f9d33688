// Package virtualtime runs a program in virtual time, and records its timeline.
//
// Record builds a Go program with the build tag faketime, in which the clock stands still while
// any goroutine runs and jumps to the next timer when none can. Its execution trace then holds
// exact times, whatever the load of the machine. Random numbers and the choices of select are the
// same in each run. A program of which it is unknown whether main's return cut off its waits runs
// once more, and goes on after that.
//
// Python.Record does the same with the tasks of an asyncio program, in a loop whose clock jumps:
// see asyncio/timeline.py. Queue.get is a receive and Queue.put a send, Lock and Semaphore are a
// lock; a wait for other tasks, or for a future, is an await.
//
// Refused: programs that wait for a network, a signal or another process (the clock would run
// away from them), that end by os.Exit, run for an hour of their time, or do more than a trace of
// 16 MB holds. Not done: time that the processor needs (the clock doesn't see it); what happens
// before main begins; a Go program on Windows, whose runtime has no faketime.
package virtualtime

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/lockedfile"

	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/exectrace"
	"github.com/awaitless/awaitless/internal/timeline/instrument"
)

// A Source is a program to record.
type Source struct {
	Name  string            // names it in errors, and its folder among others
	Dir   string            // the folder of its package; empty for a program that has only Files
	Files map[string][]byte // its Go files by name, without tests
	// Locate words the place of a line for the column "at". Nil gives FILE:LINE.
	Locate func(file string, line int) string
}

// patience bounds, in real time, what takes milliseconds: the run and the reading of its trace,
// of which a program may write 16 MB.
const patience = time.Minute

// Record builds and runs a program, and returns its timeline. It works in a folder below scratch,
// which it makes if need be; what is there from an earlier call makes the next one quick. A
// program without a folder of its own is built there, so scratch must be inside a module that
// has what the program imports. Calls for one name take turns, in other processes too.
func Record(ctx context.Context, scratch string, s Source) (*timeline.Timeline, error) {
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
	files, err := instrument.Program(s.Files)
	if err != nil {
		return nil, err
	}
	binary, err := s.build(ctx, scratch, files)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errImpatient)
	defer cancel()
	trace := filepath.Join(scratch, "trace")
	defer os.Remove(trace) // it may be large
	return s.run(ctx, binary, trace)
}

// run runs the program, and reads the trace.
func (s *Source) run(ctx context.Context, binary, trace string) (*timeline.Timeline, error) {
	first := &run{binary: binary, trace: trace}
	if err := first.play(ctx); err != nil {
		return nil, err
	}
	var r *exectrace.Run
	err := readFile(trace, func(f *os.File) (err error) {
		r, err = exectrace.Read(ctx, f, exectrace.Lines{At: s.Locate, Sent: sent(s.Files)})
		return err
	})
	if err != nil {
		return nil, err
	}
	if r.InDoubt() {
		again := &run{binary: binary, trace: trace, after: true}
		_ = again.play(ctx) // the first run was well
		_ = readFile(trace, func(f *os.File) error { r.After(ctx, f); return nil })
	}
	t := r.Timeline()
	t.Printed = first.lines(r.Began())
	return t, nil
}

func readFile(path string, read func(*os.File) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return read(f)
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
