// Package exectrace reads the execution trace of a Go program that ran in virtual time, and makes
// a timeline of it. Package instrument has changed the program, so that the trace tells when main
// begins and returns, what is printed, and which pprof labels a goroutine has.
//
// In virtual time, what takes no time but the clock's has length zero, so a goroutine's life is
// its waits: for a timer, a channel, a lock, a WaitGroup.
//
// A lane is a goroutine that runs code of the program's own package, named by the function that
// it runs, or by its pprof label. Goroutines of the runtime and of libraries have no lane, and a
// goroutine that does nothing but wait for another one shares that one's.
//
// Not done: traces of programs that were not changed, or ran in real time; running a program.
package exectrace

import (
	"cmp"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/exp/trace"

	"github.com/awaitless/awaitless/internal/timeline"
)

type goID = trace.GoID

// A lane is what is known of a goroutine while the trace is read.
type lane struct {
	id      goID
	shown   bool   // it runs code of the program's own package
	name    string // once it has been seen in own code, or has a label
	creator string // the function of the goroutine that started it
	started timeline.Event
	events  []timeline.Event
	brief   []timeline.Event // its waits that took no time
	waiting *timeline.Event  // the wait that it is in
	sends   string           // the value of that wait, if it is a send of a constant
	ended   bool

	labelled bool   // its name is a pprof label
	runs     string // the function of ours that it was started with, if that has a name
	by       string // the function that holds the go statement
	inner    inner
	within   string // if another started this one first of all: the function that did
	counted  bool   // and whether a WaitGroup counts it
	inside   string // what it runs inside of that function
	frame    *lane  // whose lane it shares
	line     string // of the function that it was started with
}

// Lines say what the program's text has on a line. Either may be nil.
type Lines struct {
	At   func(file string, line int) string // words the place; nil gives FILE:LINE
	Sent func(file string, line int) string // the value that the line sends, or ""
}

// A Run is what the trace of one run of a program tells.
type Run struct {
	lines Lines

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

// Read reads the trace of a program that package instrument has changed, until its main returns.
// It is an error if the trace has no end, or if the program waited for what knows nothing of
// virtual time.
func Read(ctx context.Context, from io.Reader, lines Lines) (*Run, error) {
	r := &Run{lines: lines, lanes: map[goID]*lane{}}
	if err := r.readAll(ctx, from); err != nil {
		return nil, err
	}
	return r, nil
}

// Began is when main began, in ns of the program's own clock.
func (r *Run) Began() int64 { return r.clock }

func (r *Run) readAll(ctx context.Context, from io.Reader) error {
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
func (r *Run) event(ev trace.Event) (done bool) {
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
func (r *Run) log(ev trace.Event) (done bool) {
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

func (r *Run) lane(id goID) *lane {
	l := r.lanes[id]
	if l == nil {
		l = &lane{id: id}
		r.lanes[id] = l
		r.order = append(r.order, l)
	}
	return l
}

func (r *Run) transition(ev trace.Event, st trace.StateTransition, from, to trace.GoState) {
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
		l.sends = r.sent(s)
		l.waiting = &timeline.Event{From: r.now, To: timeline.Never, State: s.wait(st.Reason), At: r.at(s), Order: r.seq}
	case from == trace.GoWaiting:
		r.woken(l, ev)
	}
	if l.shown {
		r.last = r.now
	}
}

// created notes who started a goroutine, and where.
func (r *Run) created(l *lane, ev trace.Event, st trace.StateTransition) {
	by, start := newStack(ev.Stack()), newStack(st.Stack)
	parent := r.lanes[ev.Goroutine()]
	if parent != nil {
		parent.start(l, by, start)
	}
	if !by.own() {
		return
	}
	l.by = by.inner().runs()
	l.started = timeline.Event{From: r.now, To: r.now, State: "start", At: r.at(by), Order: r.seq, OrderTo: r.seq}
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
func (r *Run) meet(l *lane, s stack) {
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
func (r *Run) woken(l *lane, ev trace.Event) {
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
	w.To, w.OrderTo = r.now, r.seq
	switch {
	case by != nil && by.shown:
		w.Note = how + r.value(l, w.State, how, s) + " by " + r.ref(by)
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
