package exectrace

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"golang.org/x/exp/trace"

	"github.com/awaitless/awaitless/internal/timeline"
)

// tick moves the clock. To keep events of one moment apart, the runtime adds one of its units of 64
// ns to each; thousands of them must not look like time that passed.
func (r *Run) tick(at trace.Time) {
	const apart = 2 * 64
	if at > r.read+apart {
		r.moment = at
	}
	r.read = at
	if r.zero != 0 {
		r.now = int(math.Round(float64(r.moment-r.zero) / 1e6))
	}
}

// ref stands for a lane in a note until all lanes have their names.
func (r *Run) ref(l *lane) string { return fmt.Sprintf("\x00%d\x00", l.id) }

func (r *Run) mark(l *lane, state, at, note string) {
	l.events = append(l.events,
		timeline.Event{From: r.now, To: r.now, State: state, At: at, Note: note, Order: r.seq, OrderTo: r.seq})
}

// cancel marks one cancellation, however many it wakes.
func (r *Run) cancel(l *lane, at string) {
	for _, e := range slices.Backward(l.events) {
		if e.From < r.now {
			break
		}
		if e.State == "cancel" && e.From == r.now && e.At == at {
			return
		}
	}
	r.mark(l, "cancel", at, "")
}

// at is the innermost line of the program's own code.
func (r *Run) at(s stack) string {
	f, ok := s.innermost()
	if !ok {
		return ""
	}
	if r.lines.At != nil {
		return r.lines.At(filepath.Base(f.File), int(f.Line))
	}
	return fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
}

// sent is the constant that the program's innermost line sends, or "".
func (r *Run) sent(s stack) string {
	f, ok := s.innermost()
	if !ok || r.lines.Sent == nil {
		return ""
	}
	return r.lines.Sent(filepath.Base(f.File), int(f.Line))
}

// value words what a channel carried as a goroutine with stack s ended l's wait: " of 7", if the
// program's text says it.
func (r *Run) value(l *lane, state, how string, s stack) string {
	value := ""
	switch {
	case how == "send" && (state == "receive" || state == "select"):
		value = r.sent(s)
	case how == "receive" && state == "send":
		value = l.sends
	}
	if value == "" {
		return ""
	}
	return " of " + value
}
