package main

import (
	"fmt"
	"io"
)

// A report collects what a run finds. It prints each finding at once, so that memory does not
// grow with their number.
type report struct {
	stdout, stderr io.Writer
	quiet          bool // drift is mended, not reported
	faults         int  // errors, which keep -w from writing
	drifts         int  // fences whose body or length is not as it should be
	gaps           int  // sources that no page shows
}

func (r *report) at(path string, line int, msg string) {
	if line > 0 {
		fmt.Fprintf(r.stderr, "%s:%d: %s\n", path, line, msg)
	} else {
		fmt.Fprintf(r.stderr, "%s: %s\n", path, msg)
	}
}

func (r *report) fault(path string, line int, format string, args ...any) {
	r.faults++
	r.at(path, line, fmt.Sprintf(format, args...))
}

func (r *report) gap(path string, line int, format string, args ...any) {
	r.gaps++
	r.at(path, line, fmt.Sprintf(format, args...))
}

func (r *report) drift(path string, line int, format string, args ...any) {
	r.drifts++
	if !r.quiet {
		r.at(path, line, fmt.Sprintf(format, args...))
	}
}
