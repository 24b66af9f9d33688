package virtualtime

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/playback"

	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/exectrace"
	"github.com/awaitless/awaitless/internal/timeline/instrument"
)

// A run is one run of an instrumented program.
type run struct {
	binary string
	trace  string // the file to write
	after  bool   // go on when main has returned
	out    written
	errs   written
}

// A written keeps the beginning of what a program writes.
type written struct{ bytes.Buffer }

const maxWritten = 1 << 20

func (w *written) Write(p []byte) (int, error) {
	w.Buffer.Write(p[:min(len(p), maxWritten-min(w.Len(), maxWritten))])
	return len(p), nil
}

var (
	errImpatient = errors.New(
		"the program did not end; one that waits for a network, a signal or the processor has no timeline")
	errSignal = errors.New("the program listens for signals, which stops virtual time; " +
		"one has a timeline if its goroutines wait for each other and for timers")
	errTooMuch = errors.New("the program does too much for a trace of 16 MB and a memory of 256 MB; " +
		"let it do less, or let its goroutines sleep where they would work")
)

// play runs the program with one processor, on which goroutines take turns in a fixed order.
func (r *run) play(ctx context.Context) error {
	cmd := exec.CommandContext(ctx, r.binary)
	cmd.Env = append(os.Environ(), "GOMAXPROCS=1", "TIMELINE="+r.trace, "TIMELINE_AFTER=",
		// What the collector and preemption do depends on the machine, and random numbers on the
		// run. The collector works for a program that would take all memory.
		"GOGC=off", "GOMEMLIMIT=128MiB", "GODEBUG=asyncpreemptoff=1,randautoseed=0")
	if r.after {
		cmd.Env = append(cmd.Env, "TIMELINE_AFTER=1")
	}
	cmd.Stdout, cmd.Stderr = &r.out, &r.errs
	err := cmd.Run()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	said := strings.TrimSpace(string(playback.Unframed(r.errs.Bytes())))
	switch {
	case strings.HasSuffix(said, instrument.Listens):
		return errSignal
	case strings.HasSuffix(said, instrument.Leaves):
		return exectrace.ErrProcess
	case strings.HasSuffix(said, instrument.TooMuch),
		strings.Contains(said, "cannot allocate memory"), strings.Contains(said, "out of memory"):
		return errTooMuch
	}
	return fmt.Errorf("%w; a program has a timeline if its main returns or waits for ever%s",
		err, strings.TrimSuffix("\n"+said, "\n"))
}

// lines are what the program wrote, in the order in which it did: where it writes to the other
// stream, its clock goes on by a nanosecond. start is the time at which main began.
func (r *run) lines(start int64) (all []timeline.Line) {
	frames := append(playback.Frames(r.out.Bytes()), playback.Frames(r.errs.Bytes())...)
	slices.SortStableFunc(frames, func(a, b playback.Frame) int { return int(max(-1, min(1, a.Time-b.Time))) })
	open := false // the last line may go on
	for _, f := range frames {
		at := int(max(0, f.Time-start) / 1e6)
		for line := range strings.Lines(string(f.Text)) {
			text := strings.TrimSuffix(line, "\n")
			if open {
				all[len(all)-1].Text += text
			} else {
				all = append(all, timeline.Line{At: at, Text: text})
			}
			open = text == line
		}
	}
	return all
}
