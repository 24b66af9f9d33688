package main

import (
	"fmt"
	"io"

	"github.com/awaitless/awaitless/internal/finding"
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
	fmt.Fprintln(r.stderr, finding.Finding{At: finding.At(path, line), Msg: msg})
}

func (r *report) fault(path string, line int, format string, args ...any) {
	r.faults++
	r.at(path, line, fmt.Sprintf(format, args...))
}

// broken takes faults of the sources.
func (r *report) broken(all []finding.Finding) {
	for _, f := range all {
		r.fault(f.At.Path, f.At.Line, "%s", f.Msg)
	}
}

// uncovered takes gaps.
func (r *report) uncovered(all []finding.Finding) {
	for _, f := range all {
		r.gaps++
		r.at(f.At.Path, f.At.Line, f.Msg)
	}
}

func (r *report) drift(path string, line int, format string, args ...any) {
	r.drifts++
	if !r.quiet {
		r.at(path, line, fmt.Sprintf(format, args...))
	}
}
