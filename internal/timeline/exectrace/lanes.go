package exectrace

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/awaitless/awaitless/internal/timeline"
)

// Timeline is what has been read, with only the lanes that are shown, and without what was printed.
// It takes the Run apart: call it once.
func (r *Run) Timeline() *timeline.Timeline {
	r.pair()
	for _, l := range r.order {
		l.name = cmp.Or(l.name, l.creator, unnamed)
		if l.name == unnamed && r.lines.At == nil {
			l.name = cmp.Or(l.line, l.started.At, unnamed)
		}
	}
	names := r.names()
	t := &timeline.Timeline{End: r.last}
	steps := r.last == 0
	var pairs []string
	for l, name := range names {
		pairs = append(pairs, r.ref(l), name)
	}
	resolve := strings.NewReplacer(pairs...)
	for _, l := range r.order {
		if !l.shown {
			continue
		}
		lane := &timeline.Lane{Name: names[l]}
		if l.started.State != "" {
			lane.Events = append(lane.Events, l.started)
		}
		lane.Events = append(lane.Events, l.events...)
		if steps {
			lane.Events = append(lane.Events, l.brief...)
		}
		if l.waiting != nil {
			lane.Events = append(lane.Events, r.open(l))
		}
		for i := range lane.Events {
			lane.Events[i].Note = resolve.Replace(lane.Events[i].Note)
		}
		t.Lanes = append(t.Lanes, lane)
	}
	if steps {
		inSteps(t)
	}
	if r.forever {
		t.End += max(1, t.End/5) // room to see that the waits go on
	}
	return t
}

// open is the wait that a lane is in when the program ends.
func (r *Run) open(l *lane) timeline.Event {
	w := *l.waiting
	if !r.forever && (w.State == "sleep" || r.after[l.id]) {
		w.Note = timeline.CutOff
	}
	return w
}

// names numbers the lanes that run the same function.
func (r *Run) names() map[*lane]string {
	count := map[string]int{}
	for _, l := range r.order {
		if l.shown {
			count[l.name]++
		}
	}
	names, met := map[*lane]string{}, map[string]int{}
	for _, l := range r.order {
		names[l] = l.name
		if l.shown && (count[l.name] > 1 || l.name == unnamed) {
			met[l.name]++
			names[l] = fmt.Sprintf("%s %d", l.name, met[l.name])
		}
		if l.frame != nil { // created before this one
			names[l] = names[l.frame]
		}
	}
	return names
}
