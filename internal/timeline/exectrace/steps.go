package exectrace

import (
	"slices"

	"github.com/awaitless/awaitless/internal/timeline"
)

// inSteps words a timeline in which no time passed by the order of its events: the first is
// step 0. Waits that took no time have a length then.
func inSteps(t *timeline.Timeline) {
	var all []int
	for _, l := range t.Lanes {
		slices.SortStableFunc(l.Events, func(a, b timeline.Event) int { return a.Order - b.Order })
		for _, e := range l.Events {
			all = append(all, e.Order)
			if e.To != timeline.Never {
				all = append(all, e.OrderTo)
			}
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for _, l := range t.Lanes {
		for i := range l.Events {
			e := &l.Events[i]
			e.From, _ = slices.BinarySearch(all, e.Order)
			if e.To != timeline.Never {
				e.To, _ = slices.BinarySearch(all, e.OrderTo)
			}
		}
	}
	t.Steps, t.End = true, max(0, len(all)-1)
}
