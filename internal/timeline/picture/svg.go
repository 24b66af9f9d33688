// Package picture draws a timeline as SVG, and words what stands beside it: a legend, how long the
// run took, and a remark.
//
// A picture has the time in per cent of its width and lanes in em; colours, and how high a lane is,
// are for a style sheet. It is a part of a page, and no file of its own. What it shows of a very
// large timeline is bounded, and it says what is not drawn: see MaxLanes.
//
// Not done: styles, motion, and how the legend looks.
package picture

import (
	"bytes"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"

	"github.com/awaitless/awaitless/internal/timeline"
)

// Options say how SVG draws a timeline.
type Options struct {
	ID    string // begins the ids inside, so that a page may hold several pictures
	Width int    // in px; 0 leaves it to the styles
	Axis  int    // ms; how far the axis goes, where that is longer than the run
	Names int    // how many letters the gutter for names holds, where that is more than needed
}

// In per cent of the width: where time begins, and how much of the width it takes. Where a wait
// never ends, the picture goes on behind the end of the run.
const (
	left      = 1.5
	wholeRun  = 97.0
	runAndOn  = 76.0
	beyond    = 103.0 // an open bar has no right edge
	narrowest = 0.6
	gap       = 0.3 // between a bar and the next
)

// In lanes, of which the styles say how high they are: above the bar there is room for the name.
const (
	barTop    = 0.32
	barHeight = 0.5
	barMiddle = barTop + barHeight/2
	barBottom = barTop + barHeight
	markTop   = 0.86
)

// SVG draws a timeline: time in per cent of the width and lanes in em, so that text keeps its
// size and a style sheet decides how high a lane is. Each event has one shape of class "e", in
// the order of CSV; an arrow from the one that ended a wait follows the shape of that wait. What
// bound leaves out has no shape.
func SVG(t *timeline.Timeline, o Options) []byte {
	d := newDrawing(t, o)
	d.open()
	d.axis()
	for i := range d.t.Lanes {
		d.lane(i)
	}
	d.text()
	d.b.WriteString("</svg>\n")
	return d.b.Bytes()
}

// A drawing is a picture while it is made.
type drawing struct {
	Options
	t      *timeline.Timeline // what is drawn of it
	folded string             // what is not
	rows   int                // how many lanes high it is
	b      bytes.Buffer
	span   int            // of the axis
	scale  float64        // per cent of the width for one ms
	lanes  map[string]int // by name
	said   map[string]bool
	labels []label
}

// A label is a word in the picture. Labels are written last, to stand on top.
type label struct {
	x           float64
	lane        int
	class, text string
}

func newDrawing(t *timeline.Timeline, o Options) *drawing {
	d := &drawing{Options: o, said: map[string]bool{}, lanes: map[string]int{}}
	d.t, d.folded = bound(t)
	d.rows = Rows(t)
	width := wholeRun
	for i, l := range d.t.Lanes {
		if _, twice := d.lanes[l.Name]; !twice {
			d.lanes[l.Name] = i
		}
		if slices.ContainsFunc(l.Events, isOpen) {
			width = runAndOn
		}
	}
	d.span = max(1, d.t.End, d.Axis)
	d.scale = width / float64(d.span)
	return d
}

func (d *drawing) x(ms int) float64 { return left + d.scale*float64(ms) }

// open begins the picture, with what its shapes refer to.
func (d *drawing) open() {
	width := ""
	if d.Width > 0 {
		width = fmt.Sprintf(` width="%d"`, d.Width)
	}
	fmt.Fprintf(&d.b, `<svg role="img" aria-label="%s" class="names-%d"%s height="%dem" data-end="%s">
`, html.EscapeString(story(d.t)+d.folded), d.gutter(), width, d.rows, num(d.x(d.t.End)))
	fmt.Fprintf(&d.b, `<marker id="%s" viewBox="0 0 6 6" refX="5.5" refY="3" markerWidth="6" markerHeight="6" `+
		`markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 6 3 0 6z"/></marker>
`, d.ID)
	if some(d.t, isSync) {
		fmt.Fprintf(&d.b, `<pattern id="%s-lock" width="4" height="4" patternUnits="userSpaceOnUse">`+
			`<path d="M0 0h1.5v4H0z"/></pattern>
`, d.ID)
	}
}

// axis draws the grid as one dashed line, as thick as the picture is high, and its numbers.
func (d *drawing) axis() {
	step := tick(d.span)
	end := (d.span/step)*step + step/2 + 1 // a little more, so that the last dash is whole
	fmt.Fprintf(&d.b, `<line class="grid" x1="%s%%" x2="%s%%" y1="50%%" y2="50%%" pathLength="%d" `+
		`stroke-width="%dem" stroke-dasharray="%s %s"/>
`, num(left), num(d.x(end)), end, d.rows, num(0.15/d.scale), num(float64(step)-0.15/d.scale))
	for at := 0; at <= d.span; at += step {
		class := "tick"
		if d.x(at) > 94 {
			class = "tick last"
		}
		words := amount(d.t, at, d.span)
		if at+step > d.span {
			words += " " + unit(d.t, d.span)
		}
		fmt.Fprintf(&d.b, `<text class="%s" x="%s%%" y="100%%">%s</text>
`, class, num(d.x(at)), words)
	}
}

// tick is how far the numbers of an axis are apart: there are at most four.
func tick(span int) int {
	for _, step := range []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000,
		60_000, 120_000, 300_000, 600_000, 1800_000, 3600_000} {
		if span <= 3*step {
			return step
		}
	}
	return span
}

// text writes the words of the picture.
func (d *drawing) text() {
	for _, l := range d.labels {
		fmt.Fprintf(&d.b, `<text class="%s" x="%s%%" y="%s%%">%s</text>
`, l.class, num(l.x), d.percent(float64(l.lane)+barMiddle), html.EscapeString(l.text))
	}
	for i, l := range d.t.Lanes {
		fmt.Fprintf(&d.b, `<text class="lane" x="%s%%" y="%s%%">%s</text>
`, num(left), d.percent(float64(i)), html.EscapeString(l.Name))
	}
	if d.folded != "" {
		fmt.Fprintf(&d.b, `<text class="state" x="%s%%" y="%s%%">%s</text>
`, num(left), d.percent(float64(len(d.t.Lanes))+barMiddle),
			html.EscapeString(strings.TrimPrefix(d.folded, "; ")))
	}
}

// percent is a height in lanes, for text, whose em is another.
func (d *drawing) percent(lanes float64) string { return num(100 * lanes / float64(d.rows)) }

// gutter is which of the styles' gutters holds the longest name. 0 is none: then names stand over
// the lanes at every width.
func (d *drawing) gutter() int {
	longest := max(d.Names, longestName(d.t))
	for i, letters := range []int{8, 13, 20} {
		if longest <= letters {
			return i + 1
		}
	}
	return 0
}

// NameLength is how long the longest name of a drawn lane is, in letters, for pictures that share an axis: their gutters must
// be as wide as each other.
func NameLength(t *timeline.Timeline) int {
	drawn, _ := bound(t)
	return longestName(drawn)
}

func longestName(t *timeline.Timeline) (letters int) {
	for _, l := range t.Lanes {
		letters = max(letters, len([]rune(l.Name)))
	}
	return letters
}

// num writes a number as short as may be.
func num(x float64) string { return strconv.FormatFloat(x, 'g', 4, 64) }
