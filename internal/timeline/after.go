package timeline

import (
	"context"
	"io"
)

// A goroutine that waits when main returns may wait for what never comes, a leak, or main's
// return cut its wait off. Only what would have come tells, so a program of which that is unknown
// runs once more, and goes on after its main has returned.

// inDoubt reports whether a wait was open when main returned that is not a sleep.
func (r *reader) inDoubt() bool {
	if r.forever {
		return false
	}
	for _, l := range r.order {
		if l.shown && l.waiting != nil && l.waiting.State != "sleep" {
			return true
		}
	}
	return false
}

// goesOn reads the trace of such a run: which goroutines had their waits ended after main's
// return. The trace may stop anywhere, since the program may not be made to go on.
func goesOn(ctx context.Context, from io.Reader) map[goID]bool {
	r := &reader{lanes: map[goID]*lane{}, after: map[goID]bool{}}
	_ = r.readAll(ctx, from)
	return r.after
}
