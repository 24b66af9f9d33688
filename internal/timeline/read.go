package timeline

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"

	"golang.org/x/exp/trace"
)

type goID = trace.GoID

// A lane is what is known of a goroutine while the trace is read.
type lane struct {
	id      goID
	shown   bool   // it runs code of the program's own package
	name    string // once it has been seen in own code, or has a label
	creator string // what the one runs who started it
	started Event
	events  []Event
	waiting *Event // the wait that it is in
	ended   bool

	labelled bool   // its name is a pprof label
	runs     string // the function of ours that it was started with, if that has a name
	by       string // what the one runs who started it, in the place that starts it
	inner    inner
	within   string // if another started this one first of all: the function that did
	counted  bool   // and whether a WaitGroup counts it
	inside   string // what it runs inside of that function
	frame    *lane  // whose lane it shares
}

// reader turns a trace into a Timeline.
type reader struct {
	locate func(file string, line int) string

	zero    trace.Time // when main began
	now     int        // ms
	last    int        // ms; when the program last did something
	lanes   map[goID]*lane
	order   []*lane // as they were created
	main    *lane
	forever bool // main never returned
}

var errNoEnd = errors.New("its trace has no end; a program that calls os.Exit has no timeline")

func (r *reader) read(from io.Reader) (*Timeline, error) {
	events, err := trace.NewReader(from)
	if err != nil {
		return nil, errNoEnd
	}
	for done := false; !done; {
		ev, err := events.ReadEvent()
		if err == io.EOF {
			return nil, errNoEnd
		}
		if err != nil {
			return nil, err
		}
		done = r.event(ev)
	}
	return r.timeline(), nil
}

// event takes in one event, and reports whether it is the last that matters.
func (r *reader) event(ev trace.Event) (done bool) {
	if r.zero != 0 {
		r.now = int(math.Round(float64(ev.Time()-r.zero) / 1e6))
	}
	switch ev.Kind() {
	case trace.EventLog:
		return r.log(ev)
	case trace.EventStateTransition:
		if st := ev.StateTransition(); st.Resource.Kind == trace.ResourceGoroutine {
			if from, to := st.Goroutine(); from != to { // a new generation repeats the states
				r.transition(ev, st, from, to)
			}
		}
	}
	return false
}

// log reads what the program's instruments wrote.
func (r *reader) log(ev trace.Event) (done bool) {
	switch log := ev.Log(); log.Category {
	case "print":
		s := newStack(ev.Stack())
		l := r.lane(ev.Goroutine())
		r.meet(l, s)
		l.mark(r.now, "print", r.at(s), strings.TrimSuffix(log.Message, "\n"))
		r.last = r.now
	case "label":
		if l := r.lane(ev.Goroutine()); l != r.main {
			l.name, l.labelled = log.Message, true
		}
	case "timeline":
		switch log.Message {
		case "begin":
			r.zero = ev.Time()
			r.main = r.lane(ev.Goroutine())
			r.main.shown, r.main.name = true, "main"
		case "forever":
			r.forever = true
			return true
		case "end":
			r.last = r.now
			main := r.lane(ev.Goroutine())
			main.mark(r.now, "end", "", "")
			main.ended = true
			return true
		}
	}
	return false
}

func (r *reader) lane(id goID) *lane {
	l := r.lanes[id]
	if l == nil {
		l = &lane{id: id}
		r.lanes[id] = l
		r.order = append(r.order, l)
	}
	return l
}

func (r *reader) transition(ev trace.Event, st trace.StateTransition, from, to trace.GoState) {
	l := r.lane(st.Resource.Goroutine())
	switch {
	case from == trace.GoNotExist:
		r.created(l, ev, st)
	case to == trace.GoNotExist:
		l.mark(r.now, "end", "", "")
		l.ended = true
	case to == trace.GoWaiting:
		s := newStack(st.Stack)
		r.meet(l, s)
		if l.name == "" { // it waits before it has run any own code: a library's helper
			l.shown = false
		}
		l.waiting = &Event{From: r.now, To: Never, State: s.wait(st.Reason), At: r.at(s)}
	case from == trace.GoWaiting:
		r.woken(l, ev)
	}
	if l.shown {
		r.last = r.now
	}
}

// created notes who started a goroutine, and where.
func (r *reader) created(l *lane, ev trace.Event, st trace.StateTransition) {
	by, start := newStack(ev.Stack()), newStack(st.Stack)
	parent := r.lanes[ev.Goroutine()]
	if parent != nil {
		parent.start(l, by, start)
	}
	if !by.own() {
		return
	}
	l.by = by.inner().runs()
	l.started = Event{From: r.now, To: r.now, State: "start", At: r.at(by)}
	if parent != nil {
		l.started.Note = r.ref(parent)
	}
	if start.own() {
		// An anonymous function of main's has no name; the one that it calls may have.
		if l.shown = r.zero != 0; l.shown && start.runs() != unnamed {
			l.name = start.runs()
			l.runs = l.name
		}
	} else {
		// A library's function that was given one of ours, as by errgroup: until it waits, all
		// that is known is who started it.
		l.shown, l.creator = r.zero != 0, l.by
	}
}

// meet sees a goroutine in the program's own code.
func (r *reader) meet(l *lane, s stack) {
	if r.zero == 0 || !s.own() {
		return
	}
	l.shown = true
	if l.name == "" {
		l.name = s.runs()
	}
	if inside := s.runs(l.within); l.inside == "" && inside != unnamed {
		l.inside = inside
	}
}

// woken ends a wait. One that took no time is no event; but that it was cancelled is.
func (r *reader) woken(l *lane, ev trace.Event) {
	if l.waiting == nil {
		return
	}
	w := *l.waiting
	l.waiting = nil
	s := newStack(ev.Stack())
	by, how := r.lanes[ev.Goroutine()], s.wakes()
	if by != nil {
		how = cmp.Or(how, wakesFrom(w.State))
	}
	if how == "cancel" && by != nil && by.shown {
		by.cancel(r.now, r.at(s))
	}
	w.To = r.now
	switch {
	case by != nil && by.shown:
		w.Note = how + " by " + r.ref(by)
	case how != "":
		w.Note = how
	default:
		w.Note = "timer"
	}
	l.join(w, by, how)
	if w.From != w.To {
		l.events = append(l.events, w)
	}
}

// ref stands for a lane in a note until all lanes have their names.
func (r *reader) ref(l *lane) string { return fmt.Sprintf("\x00%d\x00", l.id) }

func (l *lane) mark(ms int, state, at, note string) {
	l.events = append(l.events, Event{From: ms, To: ms, State: state, At: at, Note: note})
}

// cancel marks one cancellation, however many it wakes.
func (l *lane) cancel(ms int, at string) {
	for _, e := range l.events {
		if e.State == "cancel" && e.From == ms && e.At == at {
			return
		}
	}
	l.mark(ms, "cancel", at, "")
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
