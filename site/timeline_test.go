package site

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"
)

// TestTimelineShapes holds each picture to its data: a shape for each row, in
// their order, and a lane for each goroutine.
func TestTimelineShapes(t *testing.T) {
	found := 0
	for _, path := range pages(t) {
		want := timelines(t, path)
		for _, figure := range all(parse(t, builtFile(path))) {
			if attr(figure, "data-timeline") == "" {
				continue
			}
			found++
			require.NotEmpty(t, want, path)
			checkTimeline(t, figure, want[0])
			want = want[1:]
		}
		assert.Empty(t, want, "%s: timelines without a picture", path)
	}
	assert.NotZero(t, found)
}

func checkTimeline(t *testing.T, figure *html.Node, want string) {
	rows, err := csv.NewReader(strings.NewReader(want)).ReadAll()
	require.NoError(t, err)
	var states, shapes, lanes, wantLanes []string
	marks := map[string]bool{"start": true, "print": true, "cancel": true, "end": true}
	for _, row := range rows[1:] {
		if len(wantLanes) == 0 || wantLanes[len(wantLanes)-1] != row[0] {
			wantLanes = append(wantLanes, row[0])
		}
		if !marks[row[3]] {
			row[3] = "wait"
		}
		states = append(states, row[3])
	}
	elements := all(figure)
	for _, n := range elements {
		class := strings.Fields(attr(n, "class"))
		switch {
		case len(class) > 0 && class[0] == "e":
			kind := "wait"
			if marks[class[1]] {
				kind = class[1]
			}
			shapes = append(shapes, kind)
		case attr(n, "class") == "lane":
			lanes = append(lanes, textOf(n))
		case n.Data == "pre":
			assert.Equal(t, strings.TrimSpace(want), strings.TrimSpace(textOf(n)), "text alternative")
		case n.Data == "svg":
			for _, lane := range wantLanes {
				assert.Contains(t, attr(n, "aria-label"), lane)
			}
		}
	}
	assert.Equal(t, states, shapes)
	assert.Equal(t, wantLanes, lanes)
	assert.LessOrEqual(t, float64(len(elements)), 1.7*float64(len(rows))+22, "elements")
}

const (
	timelinePage = "/patterns/gather/"
	timelineSVG  = `[data-timeline="gather.ExampleAll"] svg`
	marked       = `[...(CSS.highlights.get("line") ?? [])].map(String).join()`
	shown        = `document.querySelector('[data-timeline="gather.ExampleAll"] p').textContent`
	on           = `[...document.querySelectorAll('[data-timeline="gather.ExampleAll"] .e')].flatMap((e, i) => e.matches(".on") ? [i] : [])`
)

// openTimeline opens the page and makes the first move, which fetches the
// script.
func openTimeline(t *testing.T, v view) *tab {
	startBrowser(t)
	tab := openTab(t, v)
	tab.open(serve(t).URL + timelinePage)
	tab.do(chromedp.KeyEvent(kb.Tab))
	tab.until(`document.querySelector('` + timelineSVG + `[tabindex]')`)
	eval[any](tab, `document.querySelector('`+timelineSVG+`').scrollIntoView({ block: "center" })`)
	return tab
}

// codeLine is a line of a block as its fence on the page holds it.
func codeLine(t *testing.T, source string, line int) string {
	for _, f := range fences(t, timelinePage) {
		if f.source == source {
			return strings.TrimSpace(strings.Split(f.body, "\n")[line-1])
		}
	}
	t.Fatal("no block shows " + source)
	return ""
}

// TestTimelineKeys walks over the events: each is said in words, and its line
// of code is marked.
func TestTimelineKeys(t *testing.T) {
	tab := openTimeline(t, view{width: 390, scheme: "dark"})
	eval[any](tab, `addEventListener("keydown", (event) => { window.leaked ||= !event.defaultPrevented; })`)
	tab.do(chromedp.Focus(chromedp.CSS(timelineSVG)))
	for _, step := range []struct{ key, words, line string }{
		{"", "0 to 300 ms: main waits, WaitGroup (All:18), until done by All 1", codeLine(t, "gather.All", 18)},
		{kb.ArrowRight, "300 ms: main prints 3 (ExampleAll:8)", codeLine(t, "gather.ExampleAll", 8)},
		{kb.ArrowLeft, "0 to 300 ms: main waits, WaitGroup (All:18), until done by All 1", codeLine(t, "gather.All", 18)},
		{kb.ArrowDown, "0 to 300 ms: All 1 waits, select (work:4), until timer", codeLine(t, "gather.work", 4)},
		{kb.Home, "0 ms: main starts All 1 (All:12)", codeLine(t, "gather.All", 12)},
		{kb.End, "300 ms: All 1 ends", ""},
		{kb.ArrowUp, "300 ms: main ends", ""},
	} {
		if step.key != "" {
			tab.do(chromedp.KeyEvent(step.key))
		}
		tab.until(shown + ` === "` + step.words + `"`)
		tab.until(`document.querySelector("[data-announce]").textContent === "` + step.words + `"`)
		assert.Equal(t, step.line, eval[string](tab, marked), step.words)
	}
	assert.False(t, eval[bool](tab, `Boolean(window.leaked)`), "an arrow also scrolls the page")

	key := eval[string](tab, `(document.activeElement.blur(), `+shown+`)`)
	assert.Equal(t, "timer channel lock, WaitGroup wakes ↓ starts ▪ prints", strings.Join(strings.Fields(key), " "))
	assert.Equal(t, 4, eval[int](tab, `document.querySelectorAll('[data-timeline="gather.ExampleAll"] p i').length`), "swatches")
	assert.Empty(t, eval[string](tab, marked))
	require.Empty(t, tab.complaints())
}

// TestTimelinePointer goes from a shape to its line and from a line to its
// shapes, by mouse and by finger.
func TestTimelinePointer(t *testing.T) {
	tab := openTimeline(t, view{width: 1280, scheme: "light"})
	type point struct{ X, Y float64 }
	move := func(p point) {
		call(tab, input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: input.DispatchMouseEventTypeMouseMoved, X: p.X, Y: p.Y})
	}
	shape := func(i int) point {
		return eval[point](tab, `(() => {
			const box = document.querySelectorAll('[data-timeline="gather.ExampleAll"] .e')[`+itoa(i)+`].getBoundingClientRect();
			return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
		})()`)
	}
	move(shape(9)) // All 2 selects
	tab.until(marked + ` === ` + `"` + codeLine(t, "gather.work", 4) + `"`)
	assert.Equal(t, []int{9}, eval[[]int](tab, on))

	call(tab, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchStart, TouchPoints: []*input.TouchPoint{{X: shape(0).X, Y: shape(0).Y}}})
	call(tab, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}})
	tab.until(shown + `.startsWith("0 to 300 ms: main waits")`)

	// The middle of each line, found by the text itself.
	for line, want := range map[int]string{4: "[6,9,12]", 5: "[]"} {
		move(eval[point](tab, `(async () => {
			const code = document.querySelector('[data-source="gather.work"] code');
			code.scrollIntoView({ block: "center", behavior: "instant" });
			await new Promise(requestAnimationFrame);
			const pitch = parseFloat(getComputedStyle(code.parentElement).lineHeight);
			const box = code.getBoundingClientRect();
			return { x: box.x + 30, y: box.y + pitch * (`+itoa(line)+` - 0.5) };
		})()`))
		tab.until(`JSON.stringify(` + on + `) === "` + want + `"`)
	}
	require.Empty(t, tab.complaints())
}

// TestTimelineSteps presses Step, as a reader with reduced motion does.
func TestTimelineSteps(t *testing.T) {
	axe := readAxe(t)
	tab := openTimeline(t, view{width: 390, scheme: "light"})
	x := `parseFloat(document.querySelector('[data-timeline="gather.ExampleAll"] .now').getAttribute("x1"))`
	logged := `document.querySelector('[data-timeline="gather.ExampleAll"] [role="log"]').textContent`
	for _, step := range []struct {
		x   float64
		log string
	}{{1.5, ""}, {33.83, ""}, {66.17, ""}, {98.5, "300 ms  3\n300 ms  1\n300 ms  2\n"}, {1.5, ""}} {
		tab.press(`[data-timeline="gather.ExampleAll"] button`)
		tab.until(`document.querySelector('[data-timeline="gather.ExampleAll"] .now')`)
		assert.Equal(t, "Step", eval[string](tab, `document.querySelector('[data-timeline="gather.ExampleAll"] button').textContent`))
		assert.InDelta(t, step.x, eval[float64](tab, x), 0.01)
		assert.Equal(t, step.log, eval[string](tab, logged))
	}
	if axe != "" {
		checkAxe(t, tab, axe, allRules)
	}
	assert.LessOrEqual(t, eval[int64](tab, "document.documentElement.scrollWidth"), int64(390))
	require.Empty(t, tab.complaints())
}

// TestTimelinePlays plays by a clock of its own: half, pause, rest.
func TestTimelinePlays(t *testing.T) {
	tab := openTimeline(t, view{width: 390, scheme: "dark"})
	call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{})
	eval[any](tab, `(() => {
		window.clock = 1000;
		performance.now = () => window.clock;
		const frame = window.requestAnimationFrame;
		window.requestAnimationFrame = (then) => frame(() => then(window.clock));
	})()`)
	button := `document.querySelector('[data-timeline="gather.ExampleAll"] button').textContent`
	x := `parseFloat(document.querySelector('[data-timeline="gather.ExampleAll"] .now')?.getAttribute("x1"))`
	later := `document.querySelectorAll('[data-timeline="gather.ExampleAll"] .e.later').length`
	press := func(name string) {
		tab.until(button + ` === "` + name + `"`)
		tab.press(`[data-timeline="gather.ExampleAll"] button`)
	}
	press("Play")
	tab.until(x + ` === 1.5`)
	eval[any](tab, `window.clock += 2000`)
	tab.until(x + ` === 50`)
	assert.Equal(t, 6, eval[int](tab, later), "three prints and the ends of main, All 1 and All 3")
	press("Pause")
	eval[any](tab, `window.clock += 500`)
	press("Play")
	tab.until(button + ` === "Pause"`)
	assert.Equal(t, 50.0, eval[float64](tab, x), "time went on during the pause")
	eval[any](tab, `window.clock += 2500`)
	tab.until(x + ` === 98.5`)
	tab.until(button + ` === "Play"`)
	assert.Zero(t, eval[int](tab, later))
	assert.Equal(t, "300 ms  3\n300 ms  1\n300 ms  2\n", eval[string](tab, `document.querySelector('[data-timeline="gather.ExampleAll"] [role="log"]').textContent`))
	require.Empty(t, tab.complaints())
}

// TestTimelineWithoutScript sees the picture, and its text opens.
func TestTimelineWithoutScript(t *testing.T) {
	startBrowser(t)
	tab := openTab(t, view{width: 390, scheme: "light", noJS: true})
	tab.open(serve(t).URL + timelinePage)
	assert.True(t, eval[bool](tab, `document.querySelector('`+timelineSVG+`').getBoundingClientRect().height > 100`))
	assert.Equal(t, "img", eval[string](tab, `document.querySelector('`+timelineSVG+`').getAttribute("role")`))
	assert.Zero(t, eval[int](tab, `document.querySelectorAll('[data-timeline="gather.ExampleAll"] button').length`))
	tab.press(`[data-timeline="gather.ExampleAll"] summary`)
	tab.until(`document.querySelector('[data-timeline="gather.ExampleAll"] pre').checkVisibility()`)
}

// TestTimelinesShareAnAxis compares an asyncio run of 500 ms with the Go run of
// 200 ms beside it: a millisecond is as long in both.
func TestTimelinesShareAnAxis(t *testing.T) {
	ends := map[string]string{}
	build(t)
	for _, figure := range all(parse(t, builtFile(timelinePage))) {
		name := attr(figure, "data-timeline")
		if name == "" {
			continue
		}
		for n := range figure.Descendants() {
			if n.Data == "svg" {
				ends[name] = attr(n, "data-end")
			}
		}
	}
	assert.Equal(t, "98.5", ends["gather.py:lost"])
	assert.Equal(t, "40.3", ends["gather.Example"])
	assert.Equal(t, "98.5", ends["gather.ExampleAll"], "alone, it has the whole width")
}
