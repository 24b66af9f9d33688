package timeline

import (
	"context"
	"io"
)

// A goroutine that waits when main returns may be a leak, which never ends, or main's return cut
// it off. Only what would have come tells, so a program of which that is unknown runs once more,
// and goes on for ten minutes of its time after its main has returned.

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

// goesOn reads the trace of such a run: which goroutines got on after main's return, and were not
// stuck somewhere else in the end. The trace may stop anywhere, since the program may not be made
// to go on.
func goesOn(ctx context.Context, from io.Reader) map[goID]bool {
	r := &reader{lanes: map[goID]*lane{}, after: map[goID]bool{}}
	_ = r.readAll(ctx, from)
	return r.after
}

// stuck takes back what got on, but has waited for long now.
func (r *reader) stuck() {
	const long = 5 * 60 * 1000 // ms
	for _, l := range r.order {
		if w := l.waiting; w != nil && w.State != "sleep" && r.now-w.From > long {
			delete(r.after, l.id)
		}
	}
}
