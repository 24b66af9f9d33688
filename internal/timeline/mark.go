package timeline

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"golang.org/x/exp/trace"
)

// tick moves the clock. To keep events of one moment apart, the runtime adds one of its units of 64
// ns to each; thousands of them must not look like time that passed.
func (r *reader) tick(at trace.Time) {
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
func (r *reader) ref(l *lane) string { return fmt.Sprintf("\x00%d\x00", l.id) }

func (r *reader) mark(l *lane, state, at, note string) {
	l.events = append(l.events,
		Event{From: r.now, To: r.now, State: state, At: at, Note: note, seq: r.seq, seqTo: r.seq})
}

// cancel marks one cancellation, however many it wakes.
func (r *reader) cancel(l *lane, at string) {
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
func (r *reader) at(s stack) string {
	f, ok := s.innermost()
	if !ok {
		return ""
	}
	if r.locate != nil {
		return r.locate(filepath.Base(f.File), int(f.Line))
	}
	return fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
}
