package examples

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTimelineOfAll: all run at once, and the slowest counts.
func TestTimelineOfAll(t *testing.T) {
	t.Parallel()
	all := recorded(t, "patterns/gather", "gather.ExampleAll")
	work := all.at("work").state("select")
	assert.Len(t, work, 3)
	assert.Equal(t, 3, work.most())
	assert.Equal(t, 300, all.end("All 1"))
	assert.Equal(t, 300, all.end("main"))
}

// TestTimelineOfAFailure: errgroup ends the siblings with the failure,
// gather lets them go on after it.
func TestTimelineOfAFailure(t *testing.T) {
	t.Parallel()
	group := recorded(t, "patterns/gather", "gather.ExampleAll_failure")
	failed := group.state("cancel")
	require.Len(t, failed, 1)
	for _, lane := range group.lanes() {
		assert.LessOrEqual(t, group.end(lane), failed[0].from, lane)
	}
	cancelled := group.filter(func(e event) bool {
		return e.note == "cancel by "+failed[0].lane
	})
	assert.Len(t, cancelled, 1)

	gather := recorded(t, "patterns/gather", "gather.py:lost")
	assert.Empty(t, gather.state("cancel"))
	printed := gather.lane("main").state("print")
	require.Len(t, printed, 1)
	assert.Equal(t, "error: connection lost", printed[0].note)
	assert.Equal(t, gather.end("lose"), printed[0].from)
	assert.Greater(t, gather.end("work 1"), printed[0].from)
	assert.Equal(t, failed[0].from, printed[0].from, "at the same time")
}

// TestTimelinesOfTheHomePage holds the sentence below them, with its
// times.
func TestTimelinesOfTheHomePage(t *testing.T) {
	t.Parallel()
	home := read(t, filepath.Join(root, "content", "_index.md"))
	group := recorded(t, "_index", "gather.Example")
	gather := recorded(t, "_index", "gather.py:lost")
	failed := group.state("cancel")
	require.Len(t, failed, 1)
	assert.Equal(t, "lose", failed[0].lane)
	assert.Equal(t, failed[0].from, group.end("work 1"))
	assert.Equal(t, failed[0].from, gather.end("lose"))
	assert.Contains(t, home, fmt.Sprintf(
		"At %d ms the second call fails", failed[0].from))
	assert.Contains(t, home, fmt.Sprintf("lets it run until %d ms",
		gather.end("work 1")))
}

// TestTimelineOfTheFirst: all end with the first, two by a cancel.
func TestTimelineOfTheFirst(t *testing.T) {
	t.Parallel()
	first := recorded(t, "patterns/gather", "gather.ExampleFirst")
	cancelled := first.filter(func(e event) bool {
		return e.note == "cancel by main"
	})
	assert.Len(t, cancelled, 2)
	for _, lane := range first.lanes() {
		assert.Equal(t, 100, first.end(lane), lane)
	}
}
