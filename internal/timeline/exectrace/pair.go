package exectrace

import (
	"cmp"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/timeline"
)

// A goroutine that does nothing but start another and wait until it ends is a frame around that
// one: what outlives a job that panics or exits is often written so. The two share a lane, which
// begins with the start of the outer one and then shows what the inner one does.

// inner is what a lane knows of the goroutines that it started.
type inner struct {
	count  int   // of goroutines started
	first  *lane // the first of them
	before int   // how many events the lane had until then
	in     string
	joined bool // it waited for the first, and the first ended that wait
	wait   timeline.Event
	rest   int // how many events the first had when it ended the wait
}

// start notes that l starts another.
func (l *lane) start(other *lane, by stack, function stack) {
	l.inner.count++
	if l.inner.count > 1 {
		return
	}
	l.inner.first, l.inner.before, l.inner.in = other, len(l.events), by.inner().runs()
	other.within = l.inner.in
	other.counted = len(function) > 0 && (strings.HasPrefix(function[0].Func, "sync.(*WaitGroup).Go.") ||
		strings.HasPrefix(function[0].Func, "golang.org/x/sync/errgroup.(*Group).Go."))
}

// join notes that by ends a wait of l's.
func (l *lane) join(w timeline.Event, by *lane, how string) {
	if by == nil || by != l.inner.first || l.inner.joined {
		return
	}
	if w.State == "WaitGroup" || w.State == "receive" && how == "close" {
		l.inner.joined, l.inner.wait, l.inner.rest = true, w, len(by.events)
	}
}

// frames reports whether l is nothing but a frame around the one that it started.
func (l *lane) frames() bool {
	in := l.inner.first
	if l.inner.count != 1 || !l.shown || !in.shown || l.inner.before != 0 {
		return false
	}
	if l.waiting != nil { // the same WaitGroup, as far as a trace can tell
		return !l.inner.joined && !in.ended && len(l.events) == 0 && l.waiting.State == "WaitGroup" && in.counted
	}
	isOwn := func(e timeline.Event) bool { return e.State != "cancel" && e.State != "end" && e != l.inner.wait }
	return l.inner.joined && !slices.ContainsFunc(l.events, isOwn) &&
		!slices.ContainsFunc(in.events[l.inner.rest:], func(e timeline.Event) bool { return e.State != "end" })
}

// pair gives each pair of a frame and what it is around one lane, that of the frame.
func (r *Run) pair() {
	for _, l := range slices.Backward(r.order) { // inner ones first
		if l == r.main || !l.frames() {
			continue
		}
		in := l.inner.first
		l.name = l.joint(in)
		l.inside, l.labelled = l.name, l.labelled || in.labelled
		events := slices.Clone(in.events)
		if l.ended {
			events = events[:len(events)-1]
		}
		for _, e := range l.events {
			if e != l.inner.wait {
				events = append(events, e)
			}
		}
		l.events, l.waiting = events, in.waiting
		l.brief = append(in.brief, slices.DeleteFunc(l.brief, func(e timeline.Event) bool { return e == l.inner.wait })...)
		in.shown, in.frame = false, l
	}
}

// joint names a lane that two share: by a label, or by what was started, unless that is the
// frame, and then by what the inner one runs inside of it.
func (l *lane) joint(in *lane) string {
	switch {
	case in.labelled:
		return in.name
	case l.labelled:
		return l.name
	case l.runs != "" && l.runs != l.inner.in:
		return l.runs
	case l.inner.in == l.by && l.by != unnamed: // the frame is written where the work is
		return l.by
	}
	return cmp.Or(in.inside, l.by)
}
