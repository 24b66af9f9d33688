package picture

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/awaitless/awaitless/internal/timeline"
)

// A picture shows so many lanes, and so many events, whatever the program did.
const (
	MaxLanes  = 50
	MaxEvents = 4000
)

// bound is the part of a timeline that a picture shows, and what it leaves out, in words that
// follow other words.
func bound(t *timeline.Timeline) (drawn *timeline.Timeline, folded string) {
	var left []string
	drawn = t
	if more := len(t.Lanes) - MaxLanes; more > 0 {
		kept := *t
		kept.Lanes = t.Lanes[:MaxLanes]
		drawn = &kept
		left = append(left, thousands(more)+" more "+plural("lane", more))
	}
	if all := inTime(drawn); len(all) > MaxEvents {
		drawn = until(drawn, all[MaxEvents])
		more := len(all) - count(drawn)
		left = append(left, fmt.Sprintf("%s more %s, after %s", thousands(more), plural("event", more), Total(drawn)))
	}
	if len(left) == 0 {
		return drawn, ""
	}
	return drawn, "; " + strings.Join(left, " and ") + " …"
}

// Drawn is the part of a timeline that a picture shows.
func Drawn(t *timeline.Timeline) *timeline.Timeline {
	drawn, _ := bound(t)
	return drawn
}

// Rows is how many lanes high the picture is.
func Rows(t *timeline.Timeline) int {
	drawn, folded := bound(t)
	if folded != "" {
		return len(drawn.Lanes) + 1
	}
	return max(1, len(drawn.Lanes))
}

// inTime lists when each event began, in order.
func inTime(t *timeline.Timeline) (all []int) {
	for _, l := range t.Lanes {
		for _, e := range l.Events {
			all = append(all, e.From)
		}
	}
	slices.SortFunc(all, cmp.Compare[int])
	return all
}

func count(t *timeline.Timeline) (n int) {
	for _, l := range t.Lanes {
		n += len(l.Events)
	}
	return n
}

// until is what had begun before a moment; if that is all too much, as when ten thousand events
// begin at once, each lane keeps its first ones.
func until(t *timeline.Timeline, end int) *timeline.Timeline {
	kept := &timeline.Timeline{End: end, Steps: t.Steps}
	perLane := MaxEvents / max(1, len(t.Lanes))
	for _, l := range t.Lanes {
		n := 0
		for n < len(l.Events) && l.Events[n].From < end {
			n++
		}
		kept.Lanes = append(kept.Lanes, &timeline.Lane{Name: l.Name, Events: l.Events[:n]})
	}
	if count(kept) > 0 {
		return kept
	}
	for i, l := range t.Lanes {
		kept.Lanes[i].Events = l.Events[:min(perLane, len(l.Events))]
	}
	return kept
}

func plural(word string, n int) string {
	if n == 1 {
		return word
	}
	return word + "s"
}

// thousands sets them apart with commas.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
