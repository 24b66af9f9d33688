package timeline

import "slices"

// inSteps words a timeline in which no time passed by the order of its events: the first is
// step 0. Waits that took no time have a length then.
func (t *Timeline) inSteps() {
	var all []int
	for _, l := range t.Lanes {
		slices.SortStableFunc(l.Events, func(a, b Event) int { return a.seq - b.seq })
		for _, e := range l.Events {
			all = append(all, e.seq)
			if !e.open() {
				all = append(all, e.seqTo)
			}
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	for _, l := range t.Lanes {
		for i := range l.Events {
			e := &l.Events[i]
			e.From, _ = slices.BinarySearch(all, e.seq)
			if !e.open() {
				e.To, _ = slices.BinarySearch(all, e.seqTo)
			}
		}
	}
	t.Steps, t.End = true, max(0, len(all)-1)
}
