package timeline

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// How a wait that had not ended when the program did looks, and what that is called.
const (
	never  = "never" // nothing would have ended it
	cutOff = "cut"   // main's return came first
)

var openWords = map[string]string{never: "never ends", cutOff: "cut off"}

// CutOff is the note of a wait that something would have ended if main had not returned.
const CutOff = "cut off"

func (t *Timeline) open(e Event) string {
	if e.Note == CutOff {
		return cutOff
	}
	return never
}

// unit is what the axis counts, for an axis of that length.
func (t *Timeline) unit(span int) string {
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
func (t *Timeline) amount(n, span int) string {
	if t.unit(span) != "s" {
		return strconv.Itoa(n)
	}
	return strconv.FormatFloat(float64(n)/1000, 'g', 6, 64)
}

// Total is how long the run took, in words.
func (t *Timeline) Total() string {
	end := max(1, t.End)
	return t.amount(end, end) + " " + t.unit(end)
}

// story says of each lane how it ends.
func (t *Timeline) story() string {
	var all []string
	at := func(ms int) string {
		if t.Steps {
			return fmt.Sprintf("step %d", ms)
		}
		return t.amount(ms, t.End) + " " + t.unit(t.End)
	}
	for _, l := range t.Lanes {
		for _, e := range l.Events {
			switch {
			case e.State == "end":
				all = append(all, l.Name+" ends at "+at(e.From))
			case e.open() && t.open(e) == cutOff:
				all = append(all, l.Name+" is cut off: "+e.State)
			case e.open():
				all = append(all, l.Name+" never ends: "+e.State)
			}
		}
	}
	return "Timeline, " + t.Total() + ": " + strings.Join(all, ", ")
}

// A Key is an entry of a legend: the class of a swatch, and what it stands for. Where the swatch
// is of the colour of text, a character will do on a page, which counts its elements.
type Key struct {
	Class string `json:"class"`
	Glyph string `json:"glyph"`
	Text  string `json:"text"`
}

// Legend explains what the picture of the timeline holds.
func (t *Timeline) Legend() (keys []Key) {
	for _, k := range []struct {
		Key
		has func(Event) bool
	}{
		{Key{"clock", "", "timer"}, isTimed},
		{Key{"channel", "", "channel"}, isChannel},
		{Key{"sync", "", t.syncWords()}, isSync},
		{Key{"wake", "", "wakes"}, func(e Event) bool { return e.isWait() && strings.Contains(e.Note, " by ") }},
		{Key{"start", "↓", "starts"}, func(e Event) bool { return e.State == "start" }},
		{Key{"print", "▪", "prints"}, func(e Event) bool { return e.State == "print" }},
		{Key{"cancel", "×", "cancels"}, func(e Event) bool { return e.State == "cancel" }},
	} {
		if t.some(k.has) {
			keys = append(keys, k.Key)
		}
	}
	return keys
}

// syncWords names the kinds of waits that have stripes.
func (t *Timeline) syncWords() string {
	isAwait := func(e Event) bool { return e.State == "await" }
	switch {
	case !t.some(isAwait):
		return "lock, WaitGroup"
	case !t.some(func(e Event) bool { return isSync(e) && !isAwait(e) }):
		return "await"
	}
	return "lock, await"
}

// Remark is what a reader must know of the picture beside its legend, or nothing.
func (t *Timeline) Remark() string {
	var all []string
	if t.Steps {
		all = append(all, "No time passes (less than a millisecond), so the axis counts steps: "+
			"what happened after what.")
	}
	if _, folded := t.bound(); folded != "" {
		all = append(all, "Not drawn: "+strings.TrimPrefix(folded, "; ")+".")
	}
	return strings.Join(all, " ")
}

func (t *Timeline) some(has func(Event) bool) bool {
	return slices.ContainsFunc(t.Lanes, func(l *Lane) bool { return slices.ContainsFunc(l.Events, has) })
}

func (e Event) open() bool { return e.To == Never }

func (e Event) isWait() bool { return !slices.Contains(Marks, e.State) }
