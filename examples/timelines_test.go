package examples

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The timelines on the pages are recorded, and the extractor proves
// that they are fresh. These tests prove that they show what the pages
// say.

// TestTimelinesStandWhereTimeIsThePoint names the pages that need one.
func TestTimelinesStandWhereTimeIsThePoint(t *testing.T) {
	t.Parallel()
	for _, page := range []string{
		"patterns/basics", "patterns/tasks", "patterns/gather",
		"patterns/queues", "patterns/locks", "patterns/timeouts",
		"patterns/eventloop", "patterns/pools", "patterns/failures",
		"patterns/iterators", "guides/pitfalls/cancel",
		"guides/pitfalls/mixing",
	} {
		assert.NotEmpty(t, timelines(t, page),
			"content/%s.md has no timeline", page)
	}
}

// TestTimelineOfConcurrentFetches: at once, all overlap and the longest
// counts; in a row, none overlap and the sum counts.
func TestTimelineOfConcurrentFetches(t *testing.T) {
	t.Parallel()
	atOnce := recorded(t, "patterns/basics", "basics.ExampleFetchAll")
	fetches := atOnce.at("Fetch").state("select")
	assert.Len(t, fetches, 3)
	assert.Equal(t, 3, fetches.most())
	assert.Equal(t, 100, atOnce.end("main"))

	inTurn := recorded(t, "patterns/basics", "basics.ExampleFetchEach")
	fetches = inTurn.at("Fetch").state("select")
	assert.Len(t, fetches, 3)
	assert.Equal(t, 1, fetches.most())
	assert.Equal(t, 300, inTurn.end("main"))
}

// TestTimelinesOfTwoFetches: both languages wait for both at once.
func TestTimelinesOfTwoFetches(t *testing.T) {
	t.Parallel()
	for source, state := range map[string]string{
		"basics.Example": "select", "basics.py:two": "sleep",
	} {
		two := recorded(t, "patterns/basics", source)
		fetches := two.state(state)
		assert.Len(t, fetches, 2, source)
		assert.Equal(t, 2, fetches.most(), source)
		assert.Equal(t, 100, two.end("main"), source)
	}
}

// TestTimelineOfTwoTasks: B ends first, main waits for A only.
func TestTimelineOfTwoTasks(t *testing.T) {
	t.Parallel()
	start := recorded(t, "patterns/tasks", "tasks.ExampleStart")
	assert.Equal(t, 200, start.end("Start 1"))
	assert.Equal(t, 100, start.end("Start 2"))
	waits := start.lane("main").filter(event.wait)
	require.Len(t, waits, 1)
	assert.Equal(t, "send by Start 1", waits[0].note)
}

// TestTimelineOfBackPressure: the producer waits until the consumer has
// made room, in both languages; beside two consumers it does not.
func TestTimelineOfBackPressure(t *testing.T) {
	t.Parallel()
	held := recorded(t, "patterns/queues", "queues.ExampleShare_held")
	sends := held.lane("Share 1").at("Send").state("select")
	require.Len(t, sends, 1)
	assert.Equal(t, "select by Share 2", sends[0].note)
	assert.Equal(t, 300, sends[0].to-sends[0].from)
	original := recorded(t, "patterns/queues", "queues.py:held")
	sends = original.lane("main").state("send")
	require.Len(t, sends, 2) // the sentinel is the second
	for _, send := range sends {
		assert.Equal(t, "receive by consume", send.note)
		assert.Equal(t, 300, send.to-send.from)
	}

	for _, of := range []string{"queues.Example", "queues.py:brief"} {
		two := recorded(t, "patterns/queues", of)
		assert.Empty(t, two.lane("main").state("send"), of)
		sleeps := two.at("consume").state("sleep")
		assert.Equal(t, 2, sleeps.most(), of)
	}
}

// TestTimelineOfADeadline: the deadline ends the wait, not the timer.
func TestTimelineOfADeadline(t *testing.T) {
	t.Parallel()
	work := recorded(t, "patterns/timeouts", "timeouts.Example")
	waits := work.filter(event.wait)
	require.Len(t, waits, 1)
	want := event{"main", "select", waits[0].at, "deadline", 0, 200}
	assert.Equal(t, want, waits[0])

	budget := recorded(t, "patterns/timeouts",
		"timeouts.ExampleWork_budget")
	waits = budget.filter(event.wait)
	require.Len(t, waits, 2)
	assert.Equal(t, "timer", waits[0].note)
	assert.Equal(t, "deadline", waits[1].note)
	assert.Equal(t, waits[0].to, waits[1].from)
	assert.Equal(t, 1500, waits[1].to, "what the first has left")
}

// TestTimelineOfACleanUp: the cancelled lane prints after the cancel
// and ends at the same instant.
func TestTimelineOfACleanUp(t *testing.T) {
	t.Parallel()
	worker := recorded(t, "patterns/timeouts",
		"timeouts.ExampleWorker")
	cancels := worker.lane("main").state("cancel")
	require.Len(t, cancels, 1)
	assert.Equal(t, 1000, cancels[0].from)
	waits := worker.lane("StartWorker").filter(event.wait)
	require.Len(t, waits, 1)
	assert.Equal(t, "cancel by main", waits[0].note)
	printed := worker.lane("StartWorker").state("print")
	last := printed[len(printed)-1]
	assert.Equal(t, "cleaning up", last.note)
	assert.Equal(t, cancels[0].from, last.from)
	assert.Equal(t, cancels[0].from, worker.end("StartWorker"))
}

// TestTimelineOfALoop: all calls are made in the lane of the loop, and
// the loop waits for the one that comes later.
func TestTimelineOfALoop(t *testing.T) {
	t.Parallel()
	loop := recorded(t, "patterns/eventloop", "eventloop.ExampleServe")
	assert.Equal(t, []string{"Serve"}, loop.state("print").lanes())
	waits := loop.lane("Serve").filter(event.wait)
	require.Len(t, waits, 1)
	assert.Equal(t, "select by Later", waits[0].note)
	assert.Equal(t, 1, waits.most())
}

// TestTimelineOfSeveralFailures: nobody is cancelled.
func TestTimelineOfSeveralFailures(t *testing.T) {
	t.Parallel()
	load := recorded(t, "patterns/failures", "failures.ExampleLoadAll")
	assert.Empty(t, load.state("cancel"))
	loads := load.at("Load").filter(event.wait)
	assert.Len(t, loads, 3)
	for _, wait := range loads {
		assert.Equal(t, "timer", wait.note, wait.lane)
	}
}

// TestTimelineOfAPrefetch: the rest is fetched while the first page is
// read, so that the reader waits once.
func TestTimelineOfAPrefetch(t *testing.T) {
	t.Parallel()
	ahead := recorded(t, "patterns/iterators",
		"iterators.ExamplePrefetch")
	waits := ahead.lane("main").state("receive")
	fetches := ahead.lane("Prefetch").filter(event.wait)
	require.Len(t, waits, 2, "for the first page, and reading it")
	require.Len(t, fetches, 3)
	for _, fetch := range fetches[1:] {
		assert.True(t, fetch.with(waits[1]), "%+v", fetch)
	}
}

// TestTimelineOfALeak: main ends, the lane of work does not.
func TestTimelineOfALeak(t *testing.T) {
	t.Parallel()
	leak := recorded(t, "guides/pitfalls/cancel",
		"scripts/pitfalls_cancel.txtar:left/main.go")
	assert.Equal(t, 200, leak.end("main"))
	assert.Equal(t, never, leak.end("work"))
	work := leak.lane("work")
	assert.Equal(t, never, work[len(work)-1].to)
}

// TestTimelineOfADeadlock: the last wait of every lane has no end.
func TestTimelineOfADeadlock(t *testing.T) {
	t.Parallel()
	stuck := recorded(t, "guides/pitfalls/mixing",
		"scripts/pitfalls_mixing.txtar:sending/main.go")
	assert.Len(t, stuck.lanes(), 2)
	for _, lane := range stuck.lanes() {
		events := stuck.lane(lane)
		assert.Equal(t, never, events[len(events)-1].to, lane)
	}
}
