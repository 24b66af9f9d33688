package examples

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTimelineOfALimit: two call at the same time and never three. A
// goroutine does not exist before its turn; a task does, and waits.
func TestTimelineOfALimit(t *testing.T) {
	t.Parallel()
	group := recorded(t, "patterns/locks", "locks.Example")
	calls := group.at("call").filter(event.wait)
	assert.Len(t, calls, 5)
	assert.Equal(t, 2, calls.most())
	for _, start := range group.state("start")[2:] {
		assert.Positive(t, start.from, start.lane)
	}

	tasks := recorded(t, "patterns/locks", "locks.py:brief")
	inside := tasks.lane("one").state("sleep")
	assert.Len(t, inside, 5)
	assert.Equal(t, 2, inside.most())
	assert.Len(t, tasks.state("lock"), 3)
	assert.Len(t, tasks.state("start"), 5)
	for _, start := range tasks.state("start") {
		assert.Zero(t, start.from, start.lane)
	}
}

// TestTimelineOfAPool: three calls block, never four. The others start
// when the first have returned.
func TestTimelineOfAPool(t *testing.T) {
	t.Parallel()
	pool := recorded(t, "patterns/pools", "pools.ExampleMap")
	reads := pool.at("Read").state("sleep")
	assert.Len(t, reads, 5)
	assert.Equal(t, 3, reads.most())
	for _, start := range pool.state("start")[3:] {
		assert.Equal(t, pool.end("Map 1"), start.from, start.lane)
	}
}

// TestTimelineOfALock: a Lock waits until the holder calls Unlock.
func TestTimelineOfALock(t *testing.T) {
	t.Parallel()
	parking := recorded(t, "guides/pitfalls/mixing",
		"pitfalls.Example_parking")
	locks := parking.state("lock")
	require.Len(t, locks, 1)
	holder, ok := strings.CutPrefix(locks[0].note, "unlock by ")
	require.True(t, ok)
	held := parking.lane(holder).state("sleep")
	require.Len(t, held, 1)
	assert.Equal(t, held[0].to, locks[0].to)
}

// TestTimelineOfTurns: the lock goes from hand to hand, and no two hold
// it at the same time.
func TestTimelineOfTurns(t *testing.T) {
	t.Parallel()
	turns := recorded(t, "patterns/locks", "locks.Example_turns")
	holds := turns.lane("func").state("sleep")
	assert.Len(t, holds, 3)
	assert.Equal(t, 1, holds.most())
	waits := turns.state("lock")
	require.Len(t, waits, 2)
	for _, wait := range waits {
		holder, ok := strings.CutPrefix(wait.note, "unlock by ")
		require.True(t, ok, wait.note)
		assert.Equal(t, turns.end(holder), wait.to)
		hold := turns.lane(wait.lane).state("sleep")[0]
		assert.Equal(t, wait.to, hold.from)
	}
	assert.Equal(t, 300, turns.end("main"))
}
