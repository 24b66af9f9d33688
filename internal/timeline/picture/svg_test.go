package picture

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/timeline"
)

const head = "lane,from,to,state,at,note\n"

// pictured are small timelines; the picture of each stands in testdata/svg.
var pictured = map[string]struct {
	csv string
	Options
	classes []string // of the shapes, in order
	total   string
	legend  string
	remark  string
}{
	"kinds": {csv: head + `main,0,1500,receive,m:1,send by <&> 2
main,1500,1500,print,m:2,"<b>""hi"" & ]]>"
main,1500,1500,print,m:2,b
main,1500,1500,cancel,m:3,
main,1500,1500,end,,
<&> 2,0,0,start,m:4,main
<&> 2,0,1500,sleep,m:5,timer
<&> 2,1500,,lock,m:6,
x,0,0,start,m:4,gone
x,0,1,select,m:7,deadline
x,1,,sleep,m:7,cut off
`,
		classes: []string{"channel", "print", "print", "cancel", "end", "start", "clock", "sync never", "start", "clock channel", "clock cut"},
		total:   "1.5 s", legend: "timer, channel, lock, WaitGroup, wakes, starts, prints, cancels"},
	"nothing": {csv: head + "main,0,0,end,,\n", classes: []string{"end"}, total: "1 ms"},
	"steps": {csv: `lane,from step,to step,state,at,note
main,1,3,receive,m:1,send by f
main,4,4,end,,
f,0,0,start,m:2,main
f,2,2,print,m:3,hi
`,
		classes: []string{"channel", "end", "start", "print"}, total: "4 steps", legend: "channel, wakes, starts, prints",
		remark: "No time passes (less than a millisecond), so the axis counts steps: what happened after what."},
	"axis": {csv: head + "main,0,200,sleep,m:1,timer\nmain,200,200,end,,\n", Options: Options{Axis: 500, Names: 11},
		classes: []string{"clock", "end"}, total: "200 ms", legend: "timer"},
	"await": {csv: head + "main,0,60000,await,m:1,done by f\nmain,60000,60000,end,,\nf,0,60000,sleep,f:1,timer\nf,60000,60000,end,,\n",
		classes: []string{"sync", "end", "clock", "end"}, total: "60 s", legend: "timer, await, wakes"},
	"value": {csv: head + "main,0,1000,receive,m:1,\"send of \"\"<b>\"\" by f\"\nmain,1000,1000,end,,\nf,0,1000,sleep,f:1,timer\n",
		classes: []string{"channel", "end", "clock"}, total: "1 s", legend: "timer, channel, wakes"},
	"long": {csv: head + "a name that is longer than the gutter,0,100,sleep,m:1,timer\n", classes: []string{"clock"}, total: "100 ms", legend: "timer"},
}

// TestSVG compares pictures with those in testdata. UPDATE_SCRIPTS=1 writes them.
func TestSVG(t *testing.T) {
	for name, test := range pictured {
		t.Run(name, func(t *testing.T) {
			tl, err := timeline.Parse([]byte(test.csv))
			require.NoError(t, err)
			test.ID = name
			got := SVG(tl, test.Options)
			path := filepath.Join("testdata", "svg", name+".svg")
			if os.Getenv("UPDATE_SCRIPTS") == "1" {
				require.NoError(t, os.WriteFile(path, got, 0o666))
			}
			want, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, string(want), string(got))
			classes, _ := shapes(t, got)
			assert.Equal(t, test.classes, classes)
			assert.Equal(t, test.total, Total(tl))
			var words []string
			for _, k := range Legend(tl) {
				words = append(words, k.Text)
			}
			assert.Equal(t, test.legend, strings.Join(words, ", "))
			assert.Equal(t, test.remark, Remark(tl))
		})
	}
}

// shapes reads a picture as XML: the classes of what stands for events, and all text.
func shapes(t *testing.T, svg []byte) (classes []string, text string) {
	t.Helper()
	r := xml.NewDecoder(strings.NewReader(string(svg)))
	for {
		token, err := r.Token()
		if errors.Is(err, io.EOF) {
			return classes, text
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.CharData:
			text += string(token)
		case xml.StartElement:
			for _, a := range token.Attr {
				if class, ok := strings.CutPrefix(a.Value, "e "); ok && a.Name.Local == "class" {
					classes = append(classes, class)
				}
			}
		}
	}
}

// TestWords: what a picture says of how lanes end.
func TestWords(t *testing.T) {
	tl, err := timeline.Parse([]byte(pictured["kinds"].csv))
	require.NoError(t, err)
	svg := string(SVG(tl, Options{ID: "a"}))
	assert.Contains(t, svg, "Timeline, 1.5 s: main ends at 1.5 s, &lt;&amp;&gt; 2 never ends: lock, x is cut off: sleep")
	_, text := shapes(t, []byte(svg))
	for _, word := range []string{"never ends", "cut off", "1.5 s", "0.5", "receive", "<&> 2"} {
		assert.Contains(t, text, word)
	}
	assert.Less(t, strings.Index(svg, `class="grid"`), strings.Index(svg, `class="e `), "shapes stand on the grid")
	assert.Less(t, strings.LastIndex(svg, `class="e `), strings.Index(svg, `class="lane"`), "names stand on the shapes")
}

// many is a timeline of so many lanes and events in each.
func many(lanes, events int) *timeline.Timeline {
	tl := &timeline.Timeline{End: events}
	for i := range lanes {
		l := &timeline.Lane{Name: fmt.Sprintf("f %d", i+1)}
		for j := range events {
			l.Events = append(l.Events, timeline.Event{From: j, To: j + 1, State: "receive", Note: fmt.Sprintf("send by f %d", i)})
		}
		tl.Lanes = append(tl.Lanes, l)
	}
	return tl
}

// TestBound: pictures fold what is too much, say what, and cost no more for it.
func TestBound(t *testing.T) {
	for _, test := range []struct {
		lanes, events, drawnLanes, drawn int
		words                            string
	}{
		{50, 80, 50, 4000, ""},
		{1000, 2, 50, 100, "950 more lanes …"},
		{51, 2, 50, 100, "1 more lane …"},
		{10_002, 0, 50, 0, "9,952 more lanes …"},
		{2, 10_000, 2, 4000, "16,000 more events, after 2 s …"},
		{10_000, 100, 50, 4000, "9,950 more lanes and 1,000 more events, after 80 ms …"},
	} {
		tl := many(test.lanes, test.events)
		began := time.Now()
		svg := SVG(tl, Options{ID: "a"})
		assert.Less(t, time.Since(began), 5*time.Second)
		classes, text := shapes(t, svg)
		assert.Len(t, classes, test.drawn)
		assert.Equal(t, test.drawnLanes, strings.Count(string(svg), `class="lane"`))
		assert.Less(t, len(svg), 2<<20)
		if test.words == "" {
			assert.Empty(t, Remark(tl))
			continue
		}
		assert.Contains(t, text, test.words)
		assert.Equal(t, "Not drawn: "+test.words+".", Remark(tl))
	}
	tl := many(1, 0)
	for range 3 * MaxEvents {
		tl.Lanes[0].Events = append(tl.Lanes[0].Events, timeline.Event{State: "print"})
	}
	classes, _ := shapes(t, SVG(tl, Options{ID: "a"}))
	assert.Len(t, classes, MaxEvents, "all at one moment")
}

// TestPlace: marks of one moment stand side by side, near the right edge to the left.
func TestPlace(t *testing.T) {
	prints := func(times ...int) (events []timeline.Event) {
		for _, at := range times {
			events = append(events, timeline.Event{From: at, To: at, State: "print"})
		}
		return events
	}
	for _, test := range []struct {
		events    []timeline.Event
		leftwards bool
		want      []int
	}{
		{prints(0, 0, 0, 5, 5), false, []int{0, 1, 2, 0, 1}},
		{prints(0, 0, 0, 5), true, []int{-2, -1, 0, 0}},
		{prints(make([]int, 14)...), false, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 12}},
	} {
		var got []int
		for j := range test.events {
			got = append(got, place(test.events, j, test.leftwards))
		}
		assert.Equal(t, test.want, got)
	}
}

// TestTick: an axis has at most four numbers, whatever it covers.
func TestTick(t *testing.T) {
	for span := 1; span < 100_000_000; span += 1 + span/7 {
		step := tick(span)
		assert.LessOrEqual(t, span/step+1, 4, span)
		assert.GreaterOrEqual(t, span/step, 1, span)
	}
}
