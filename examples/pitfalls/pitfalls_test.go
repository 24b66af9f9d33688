package pitfalls

import (
	"context"
	"errors"
	"math"
	"runtime"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A hundred saves of a second each take one second, and none is missing
// when SaveAll returns.
func TestSaveAllWaitsForEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var saved atomic.Int32
		start := time.Now()
		err := SaveAll(make([]string, 100), func(string) error {
			time.Sleep(time.Second)
			saved.Add(1)
			return nil
		})
		assert.NoError(t, err)
		assert.EqualValues(t, 100, saved.Load())
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// No failure is lost, and each is in its place.
func TestSaveAllJoinsTheErrors(t *testing.T) {
	err := SaveAll([]string{"a", "b", "c"}, func(r string) error {
		if r == "b" {
			return nil
		}
		return errors.New("cannot save " + r)
	})
	assert.EqualError(t, err, "cannot save a\ncannot save c")
}

func TestCountPrimes(t *testing.T) {
	for n, want := range map[int]int{
		-1: 0, 0: 0, 2: 0, 3: 1, 4: 2, 5: 2, 10: 4, 10_000: 1229,
	} {
		count, err := CountPrimes(t.Context(), n)
		require.NoError(t, err)
		assert.Equal(t, want, count, "below %d", n)
	}
}

// Where nothing interrupts a computation, it lets others run by itself.
// A run takes far less than the 10 ms after which the runtime would
// interrupt it, so that none of the rounds can do without.
func TestCountPrimesYields(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for range 100 {
		var beat atomic.Bool
		go beat.Store(true)
		_, err := CountPrimes(t.Context(), 4*1024)
		require.NoError(t, err)
		require.True(t, beat.Load(), "no heartbeat meanwhile")
	}
}

// A context that ends stops the computation at its next look. Without
// a look, this one would take centuries, or hours where an int has 32
// bits.
func TestCountPrimesStops(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	go cancel(gone)
	_, err := CountPrimes(ctx, math.MaxInt)
	assert.ErrorIs(t, err, gone)
}

// Poll returns at the very instant of the cancellation, not at the next
// tick.
func TestPollStopsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(),
			2500*time.Millisecond)
		defer cancel()
		start, steps := time.Now(), 0
		err := Poll(ctx, time.Second, func() { steps++ })
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 2500*time.Millisecond, time.Since(start))
		assert.Equal(t, 2, steps)
	})
}

// There is a step at the end of every interval, to the nanosecond, even
// if each step takes half of one. A step that takes a little longer,
// here the first, delays the next, and skips none.
func TestPollKeepsTheInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(),
			3500*time.Millisecond)
		defer cancel()
		var steps []time.Duration
		start := time.Now()
		_ = Poll(ctx, time.Second, func() {
			steps = append(steps, time.Since(start))
			time.Sleep(500 * time.Millisecond)
			if len(steps) == 1 {
				time.Sleep(time.Second)
			}
		})
		want := []time.Duration{1 * time.Second,
			2500 * time.Millisecond, 3 * time.Second}
		assert.Equal(t, want, steps)
	})
}

// Three intervals end during each step. One step follows at once, not
// three of them.
func TestPollDoesNotCatchUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 9*time.Second)
		defer cancel()
		var steps []time.Duration
		start := time.Now()
		_ = Poll(ctx, time.Second, func() {
			steps = append(steps, time.Since(start))
			time.Sleep(3500 * time.Millisecond)
		})
		want := []time.Duration{1 * time.Second,
			4500 * time.Millisecond, 8 * time.Second}
		assert.Equal(t, want, steps)
	})
}

// An end that has come already goes first, also where there is nothing
// to count. There is no count beside the cause.
func TestCountPrimesLooksFirst(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	for _, n := range []int{0, 1, 10} {
		count, err := CountPrimes(ctx, n)
		assert.Equal(t, gone, err)
		assert.Zero(t, count)
	}
}
