package picture

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/timeline"
)

func isChannel(e timeline.Event) bool {
	return slices.Contains([]string{"receive", "send", "select"}, e.State)
}

// isSync reports a wait for what is neither a timer nor a channel.
func isSync(e timeline.Event) bool { return isWait(e) && e.State != "sleep" && !isChannel(e) }

func isTimed(e timeline.Event) bool {
	return isWait(e) && (e.State == "sleep" || e.Note == "timer" || e.Note == "deadline")
}

// lane draws the events of the i-th lane.
func (d *drawing) lane(i int) {
	events := d.t.Lanes[i].Events
	for j, e := range events {
		switch e.State {
		case "start":
			d.start(i, e)
		case "end":
			fmt.Fprintf(&d.b, `<line class="e end" x1="%[1]s%%" y1="%[2]sem" x2="%[1]s%%" y2="%[3]sem"/>
`, num(d.x(e.From)), num(float64(i)+barTop-0.06), num(float64(i)+barBottom+0.06))
		case "cancel":
			fmt.Fprintf(&d.b, `<text class="e cancel" x="%s%%" y="%s%%">×</text>
`, num(d.x(e.From)), d.percent(float64(i)+barMiddle))
		case "print":
			d.print(i, e, place(events, j, d.x(e.From) > 80))
		default:
			d.wait(i, e)
		}
	}
}

// start is an arrow from the lane that started this one, or from nowhere if that has none.
func (d *drawing) start(i int, e timeline.Event) {
	from := float64(i) - 0.2
	if by, ok := d.lanes[e.Note]; ok && by < i {
		from = float64(by) + barBottom
	}
	x := num(d.x(e.From))
	fmt.Fprintf(&d.b, `<line class="e start" x1="%s%%" y1="%sem" x2="%s%%" y2="%sem" marker-end="url(#%s)"/>
`, x, num(from), x, num(float64(i)+barTop), d.ID)
}

// most is how many marks of one moment stand side by side.
const most = 12

// place is how many places from its time the mark of a printed line stands, since those of one
// moment stand side by side: to the right, or near the right edge to the left.
func place(events []timeline.Event, j int, leftwards bool) int {
	same := func(k int) bool {
		return k >= 0 && k < len(events) && events[k].State == "print" && events[k].From == events[j].From
	}
	n := 0
	if leftwards {
		for ; n > -most && same(j-n+1); n-- {
		}
	} else {
		for ; n < most && same(j-n-1); n++ {
		}
	}
	return n
}

func (d *drawing) print(i int, e timeline.Event, place int) {
	fmt.Fprintf(&d.b, `<rect class="e print" x="%s%%" y="%sem" width="5" height="5" transform="translate(%s)"/>
`, num(d.x(e.From)), num(float64(i)+markTop), num(7*float64(place)-2.5))
}

// wait is a bar, and an arrow from the one that ended it.
func (d *drawing) wait(i int, e timeline.Event) {
	from, to, class := d.x(e.From), beyond, ""
	if !isOpen(e) {
		to = d.x(e.To)
	}
	if isSync(e) {
		class += " sync"
	}
	if isTimed(e) {
		class += " clock"
	}
	if isOpen(e) {
		how := openHow(e)
		class += " " + how
		d.labels = append(d.labels, label{99.5, i, how, openWords[how]})
	}
	if isChannel(e) {
		class += " channel"
	}
	fill, wide := "", max(narrowest, to-from)
	if isSync(e) {
		fill = fmt.Sprintf(` fill="url(#%s-lock)"`, d.ID)
	}
	fmt.Fprintf(&d.b, `<rect class="e%s" x="%s%%" y="%sem" width="%s%%" height="%sem" rx="2"%s/>
`, class, num(from), num(float64(i)+barTop), num(wide-gap), num(barHeight), fill)
	if _, by, ok := strings.Cut(e.Note, " by "); ok {
		d.wake(i, by, to)
	}
	d.name(i, e, min(wide, 100-from))
}

// wake is an arrow at the end of a wait from the lane that ended it.
func (d *drawing) wake(i int, by string, at float64) {
	j, ok := d.lanes[by]
	if !ok || i == j {
		return
	}
	from, to := float64(j)+barBottom, float64(i)+barTop
	if j > i {
		from, to = float64(j)+barTop, float64(i)+barBottom
	}
	fmt.Fprintf(&d.b, `<line class="wake" x1="%[1]s%%" y1="%[2]sem" x2="%[1]s%%" y2="%[3]sem" `+
		`marker-end="url(#%[4]s)"/>
`, num(at), num(from), num(to), d.ID)
}

var lastNumber = regexp.MustCompile(` \d+$`)

// name says what a bar waits for, once for lanes of one kind, where the bar is wide enough on a
// phone.
func (d *drawing) name(i int, e timeline.Event, wide float64) {
	text := e.State + carried(e)
	kind := lastNumber.ReplaceAllString(d.t.Lanes[i].Name, "") + " " + text
	const phone, letter, edges = 3.3, 6.0, 14.0 // px: of one per cent, of a letter, and around the word
	need := edges + letter*float64(len(text))
	if isOpen(e) {
		need += letter * float64(len(" never ends"))
	}
	if d.said[kind] || phone*wide <= need {
		return
	}
	d.said[kind] = true
	class := "state"
	if isSync(e) {
		class = "state striped"
	}
	d.labels = append(d.labels, label{d.x(e.From), i, class, text})
}

// carried is the value that a send or receive carried, after a space, where the program says it.
func carried(e timeline.Event) string {
	how, _, ok := strings.Cut(e.Note, " by ")
	if _, value, has := strings.Cut(how, " of "); ok && has && isChannel(e) {
		return " " + value
	}
	return ""
}
