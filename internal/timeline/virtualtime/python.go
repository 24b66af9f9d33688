package virtualtime

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/awaitless/awaitless/internal/timeline"
)

// A Python runs asyncio programs.
type Python struct {
	Path    string // of python3
	Version string // such as 3.11.7
}

// FindPython returns the first python3 of the path. It must be 3.11 or later, as the programs need.
func FindPython(ctx context.Context) (Python, error) {
	path, err := exec.LookPath("python3")
	if err != nil {
		return Python{}, errors.New("python3 not found")
	}
	const ask = "import sys; print(sys.executable, sys.version.split()[0], sys.version_info >= (3, 11), sep='\\n')"
	out, err := exec.CommandContext(ctx, path, "-S", "-c", ask).Output()
	lines := strings.Split(string(out), "\n")
	if err != nil || len(lines) < 3 {
		return Python{}, fmt.Errorf("%s does not run: %v", path, err)
	}
	if lines[2] != "True" {
		return Python{}, fmt.Errorf("%s is Python %s; the originals need 3.11", path, lines[1])
	}
	return Python{lines[0], lines[1]}, nil
}

// A PythonSource is an asyncio program to record.
type PythonSource struct {
	Recorder string   // the path of asyncio.Timeline, as asyncio.Write wrote it
	File     string   // the path of the program
	Args     []string // its arguments
	// Locate words the place of a line for the column "at".
	Locate func(line int) string
}

// Record runs an asyncio program in virtual time, and returns the timeline of its tasks.
func (p Python) Record(ctx context.Context, s PythonSource) (*timeline.Timeline, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errors.New(
		"the program did not end; one that waits for a network or a signal has no timeline"))
	defer cancel()
	dir, err := os.MkdirTemp("", "timeline")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	lanes := filepath.Join(dir, "lanes.json")
	// -S: the standard library alone, which starts sooner. -B: leaves no files beside the source.
	// Without warnings, the last line of stderr is the error.
	args := []string{"-S", "-B", "-W", "ignore", s.Recorder, s.File}
	run := exec.CommandContext(ctx, p.Path, append(args, s.Args...)...)
	run.Env = append(os.Environ(), "TIMELINE="+lanes, "PYTHONHASHSEED=0")
	var errs bytes.Buffer
	run.Stderr = &errs
	if err := run.Run(); err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return nil, fmt.Errorf("%w: %s", err, lastLine(errs.String()))
	}
	text, err := os.ReadFile(lanes)
	if err != nil {
		return nil, err
	}
	return readPython(text, s.Locate)
}

// lastLine of a traceback says what is wrong; the others name paths of this machine.
func lastLine(text string) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return lines[len(lines)-1]
}

// readPython reads what the recorder wrote.
func readPython(text []byte, locate func(line int) string) (*timeline.Timeline, error) {
	var lanes []struct {
		Name   string
		Events []struct {
			From        int
			To, Line    *int
			State, Note string
			Order       int // of what was printed
		}
	}
	if err := json.Unmarshal(text, &lanes); err != nil {
		return nil, fmt.Errorf("the recorder's answer: %w", err)
	}
	t := &timeline.Timeline{}
	for _, l := range lanes {
		lane := &timeline.Lane{Name: l.Name}
		for _, e := range l.Events {
			event := timeline.Event{From: e.From, To: timeline.Never, State: e.State, Note: e.Note, Order: e.Order}
			if e.To != nil {
				event.To = *e.To
			}
			if e.Line != nil {
				event.At = locate(*e.Line)
			}
			t.End = max(t.End, event.From, event.To)
			lane.Events = append(lane.Events, event)
		}
		t.Lanes = append(t.Lanes, lane)
	}
	return t, nil
}
