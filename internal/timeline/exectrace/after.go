package exectrace

import (
	"context"
	"io"
)

// A goroutine that waits when main returns may be a leak, which never ends, or main's return cut
// it off. Only what would have come tells, so a program of which that is unknown runs once more,
// and goes on for ten minutes of its time after its main has returned.

// InDoubt reports whether a wait was open when main returned that is not a sleep.
func (r *Run) InDoubt() bool {
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

// After reads the trace of the same program as it goes on after main's return: which goroutines
// got on then, and were not stuck somewhere else in the end. The trace may stop anywhere, since the
// program may not be made to go on.
func (r *Run) After(ctx context.Context, from io.Reader) {
	again := &Run{lanes: map[goID]*lane{}, after: map[goID]bool{}}
	_ = again.readAll(ctx, from)
	r.after = again.after
}

// stuck takes back what got on, but has waited for long now.
func (r *Run) stuck() {
	const long = 5 * 60 * 1000 // ms
	for _, l := range r.order {
		if w := l.waiting; w != nil && w.State != "sleep" && r.now-w.From > long {
			delete(r.after, l.id)
		}
	}
}
