package examples

import (
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	recorder "github.com/awaitless/awaitless/internal/timeline"
)

// never is the end of a wait that has none.
const never = math.MaxInt

// An event is a row of a timeline, in ms.
type event struct {
	lane, state, at, note string
	from, to              int
}

// wait reports whether the event takes time; the others are marks.
func (e event) wait() bool { return e.from != e.to }

// with reports whether two waits overlap.
func (e event) with(other event) bool {
	return e.from < other.to && other.from < e.to
}

type timeline []event

// lane is the events of one lane, or of all that have a number after
// the name.
func (t timeline) lane(name string) timeline {
	return t.filter(func(e event) bool {
		return e.lane == name || strings.HasPrefix(e.lane, name+" ")
	})
}

func (t timeline) state(state string) timeline {
	return t.filter(func(e event) bool { return e.state == state })
}

func (t timeline) at(function string) timeline {
	return t.filter(func(e event) bool {
		return strings.HasPrefix(e.at, function+":")
	})
}

func (t timeline) filter(keep func(event) bool) timeline {
	return slices.DeleteFunc(slices.Clone(t), func(e event) bool {
		return !keep(e)
	})
}

// lanes are the names, in order.
func (t timeline) lanes() (names []string) {
	for _, e := range t {
		if !slices.Contains(names, e.lane) {
			names = append(names, e.lane)
		}
	}
	return names
}

// end is when a lane ends.
func (t timeline) end(lane string) int {
	ends := t.lane(lane).state("end")
	if len(ends) == 0 {
		return never
	}
	return ends[0].from
}

// most is how many of the waits last at the same time, at most.
func (t timeline) most() (most int) {
	for _, one := range t {
		same := t.filter(func(e event) bool {
			return e.from <= one.from && one.from < e.to
		})
		most = max(most, len(same))
	}
	return most
}

// TestTimelineCounts shows what the claims about timelines rest on.
func TestTimelineCounts(t *testing.T) {
	tl := timeline{
		{lane: "job 1", from: 0, to: 200},
		{lane: "job 2", from: 100, to: 300},
		{lane: "job 3", from: 100, to: 200},
		{lane: "job 4", from: 100, to: never},
		{lane: "jobs", from: 200, to: 200, state: "end"},
	}
	assert.Equal(t, 4, tl.most())
	assert.Equal(t, 1, tl[:1].most())
	assert.Equal(t, 3, tl[1:].most(), "a mark takes no time")
	assert.Len(t, tl.lane("job"), 4)
	assert.Len(t, tl.lane("job 1"), 1)
	assert.Equal(t, 200, tl.end("jobs"))
	assert.Equal(t, never, tl.end("job"))
	assert.True(t, tl[0].with(tl[1]))
	assert.False(t, tl[0].with(event{from: 200, to: 300}))
	assert.False(t, event{from: 200, to: 300}.with(tl[0]))
}

// timelines are those of a page, by their sources.
func timelines(t *testing.T, page string) map[string]timeline {
	t.Helper()
	found := map[string]timeline{}
	path := filepath.Join(root, "content", page+".md")
	for _, block := range parsePage(t, path).Blocks {
		if block.Kind != "timeline" {
			continue
		}
		read, err := recorder.Parse([]byte(block.Body))
		require.NoError(t, err, block.Source)
		var events timeline
		for _, lane := range read.Lanes {
			for _, e := range lane.Events {
				if e.To == recorder.Never {
					e.To = never
				}
				one := event{
					lane: lane.Name, from: e.From, to: e.To,
					state: e.State, at: e.At, note: e.Note,
				}
				events = append(events, one)
			}
		}
		require.NotEmpty(t, events, block.Source)
		found[block.Source] = events
	}
	return found
}

// recorded is one timeline of a page.
func recorded(t *testing.T, page, source string) timeline {
	t.Helper()
	found := timelines(t, page)[source]
	require.NotEmpty(t, found, "content/%s.md has no timeline of %s",
		page, source)
	return found
}
