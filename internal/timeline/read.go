package timeline

import (
	"cmp"
	"context"
	"errors"
	"io"
	"strconv"
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
	brief   []Event // its waits that took no time
	waiting *Event  // the wait that it is in
	ended   bool

	labelled bool   // its name is a pprof label
	runs     string // the function of ours that it was started with, if that has a name
	by       string // what the one runs who started it, in the place that starts it
	inner    inner
	within   string // if another started this one first of all: the function that did
	counted  bool   // and whether a WaitGroup counts it
	inside   string // what it runs inside of that function
	frame    *lane  // whose lane it shares
	line     string // of the function that it was started with
}

// reader turns a trace into a Timeline.
type reader struct {
	locate func(file string, line int) string

	read    trace.Time // the time of the last event
	moment  trace.Time // the same without what keeps events apart
	zero    trace.Time // when main began
	seq     int        // of the event at hand, among all
	now     int        // ms
	last    int        // ms; when the program last did something
	lanes   map[goID]*lane
	order   []*lane // as they were created
	main    *lane
	forever bool // main never returned

	clock int64         // ns; what the program's clock said when main began
	after map[goID]bool // of a run that goes on after main: whose waits ended then
	ended bool          // main has returned, in such a run

	refused error // why the program has no timeline
}

var errNoEnd = errors.New("its trace has no end; a program that calls os.Exit has no timeline")

func (r *reader) readAll(ctx context.Context, from io.Reader) error {
	events, err := trace.NewReader(from)
	if err != nil {
		return errNoEnd
	}
	for done := false; !done; {
		if r.seq%4096 == 0 && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		ev, err := events.ReadEvent()
		if err == io.EOF {
			return errNoEnd
		}
		if err != nil {
			return err
		}
		done = r.event(ev) || r.refused != nil
	}
	return r.refused
}

// event takes in one event, and reports whether it is the last that matters.
func (r *reader) event(ev trace.Event) (done bool) {
	r.seq++
	r.tick(ev.Time())
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
		r.mark(l, "print", r.at(s), strings.TrimSuffix(log.Message, "\n"))
		r.last = r.now
	case "label":
		if l := r.lane(ev.Goroutine()); l != r.main {
			l.name, l.labelled = log.Message, true
		}
	case "clock":
		r.clock, _ = strconv.ParseInt(log.Message, 10, 64)
	case "timeline":
		switch log.Message {
		case "after":
			r.stuck()
			return true
		case "begin":
			r.zero = r.moment
			r.main = r.lane(ev.Goroutine())
			r.main.shown, r.main.name = true, "main"
		case "forever":
			r.forever = true
			r.endless()
			return true
		case "end":
			if r.after != nil {
				r.ended = true
				return false
			}
			r.last = r.now
			main := r.lane(ev.Goroutine())
			r.mark(main, "end", "", "")
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
	if r.refuse(st, to); r.refused != nil {
		return
	}
	switch {
	case from == trace.GoNotExist:
		r.created(l, ev, st)
	case to == trace.GoNotExist:
		r.mark(l, "end", "", "")
		l.ended = true
	case to == trace.GoWaiting:
		s := newStack(st.Stack)
		r.meet(l, s)
		if l.name == "" { // it waits before it has run any own code: a library's helper
			l.shown = false
		}
		l.waiting = &Event{From: r.now, To: Never, State: s.wait(st.Reason), At: r.at(s), seq: r.seq}
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
	l.started = Event{From: r.now, To: r.now, State: "start", At: r.at(by), seq: r.seq, seqTo: r.seq}
	l.line = r.at(start)
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
		l.line = cmp.Or(l.line, r.at(s.outer()))
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
	if r.ended {
		r.after[l.id] = true
		return
	}
	s := newStack(ev.Stack())
	by, how := r.lanes[ev.Goroutine()], s.wakes()
	if by != nil {
		how = cmp.Or(how, wakesFrom(w.State))
	}
	if how == "cancel" && by != nil && by.shown {
		r.cancel(by, r.at(s))
	}
	w.To, w.seqTo = r.now, r.seq
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
	} else {
		l.brief = append(l.brief, w)
	}
}
