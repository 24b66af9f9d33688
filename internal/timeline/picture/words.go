package picture

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/awaitless/awaitless/internal/timeline"
)

// How a wait that had not ended when the program did looks, and what that is called.
const (
	never  = "never" // nothing would have ended it
	cutOff = "cut"   // main's return came first
)

var openWords = map[string]string{never: "never ends", cutOff: "cut off"}

// openHow is how a wait looks that is open.
func openHow(e timeline.Event) string {
	if e.Note == timeline.CutOff {
		return cutOff
	}
	return never
}

// unit is what the axis counts, for an axis of that length.
func unit(t *timeline.Timeline, span int) string {
	switch {
	case t.Steps && span == 1:
		return "step"
	case t.Steps:
		return "steps"
	case span >= 1000:
		return "s"
	}
	return "ms"
}

// amount is a number of ms or steps in that unit.
func amount(t *timeline.Timeline, n, span int) string {
	if unit(t, span) != "s" {
		return strconv.Itoa(n)
	}
	return strconv.FormatFloat(float64(n)/1000, 'g', 6, 64)
}

// Total is how long the run took, in words.
func Total(t *timeline.Timeline) string {
	end := max(1, t.End)
	return amount(t, end, end) + " " + unit(t, end)
}

// story says of each lane how it ends.
func story(t *timeline.Timeline) string {
	var all []string
	at := func(ms int) string {
		if t.Steps {
			return fmt.Sprintf("step %d", ms)
		}
		return amount(t, ms, t.End) + " " + unit(t, t.End)
	}
	for _, l := range t.Lanes {
		for _, e := range l.Events {
			switch {
			case e.State == "end":
				all = append(all, l.Name+" ends at "+at(e.From))
			case isOpen(e) && openHow(e) == cutOff:
				all = append(all, l.Name+" is cut off: "+e.State)
			case isOpen(e):
				all = append(all, l.Name+" never ends: "+e.State)
			}
		}
	}
	return "Timeline, " + Total(t) + ": " + strings.Join(all, ", ")
}

// A Key is an entry of a legend: the class of a swatch, and what it stands for. Where the swatch
// is of the colour of text, a character will do on a page, which counts its elements.
type Key struct {
	Class string `json:"class"`
	Glyph string `json:"glyph"`
	Text  string `json:"text"`
}

// Legend explains what the picture of the timeline holds.
func Legend(t *timeline.Timeline) (keys []Key) {
	for _, k := range []struct {
		Key
		has func(timeline.Event) bool
	}{
		{Key{"clock", "", "timer"}, isTimed},
		{Key{"channel", "", "channel"}, isChannel},
		{Key{"sync", "", syncWords(t)}, isSync},
		{Key{"wake", "", "wakes"}, func(e timeline.Event) bool { return isWait(e) && strings.Contains(e.Note, " by ") }},
		{Key{"start", "↓", "starts"}, func(e timeline.Event) bool { return e.State == "start" }},
		{Key{"print", "▪", "prints"}, func(e timeline.Event) bool { return e.State == "print" }},
		{Key{"cancel", "×", "cancels"}, func(e timeline.Event) bool { return e.State == "cancel" }},
	} {
		if some(t, k.has) {
			keys = append(keys, k.Key)
		}
	}
	return keys
}

// syncWords names the kinds of waits that have stripes.
func syncWords(t *timeline.Timeline) string {
	isAwait := func(e timeline.Event) bool { return e.State == "await" }
	switch {
	case !some(t, isAwait):
		return "lock, WaitGroup"
	case !some(t, func(e timeline.Event) bool { return isSync(e) && !isAwait(e) }):
		return "await"
	}
	return "lock, await"
}

// Remark is what a reader must know of the picture beside its legend, or nothing.
func Remark(t *timeline.Timeline) string {
	var all []string
	if t.Steps {
		all = append(all, "No time passes (less than a millisecond), so the axis counts steps: "+
			"what happened after what.")
	}
	if _, folded := bound(t); folded != "" {
		all = append(all, "Not drawn: "+strings.TrimPrefix(folded, "; ")+".")
	}
	return strings.Join(all, " ")
}

func some(t *timeline.Timeline, has func(timeline.Event) bool) bool {
	return slices.ContainsFunc(t.Lanes, func(l *timeline.Lane) bool { return slices.ContainsFunc(l.Events, has) })
}

func isOpen(e timeline.Event) bool { return e.To == timeline.Never }

func isWait(e timeline.Event) bool { return !slices.Contains(timeline.Marks, e.State) }
