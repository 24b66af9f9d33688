package pitfalls

import (
	"context"
	"errors"
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

// Three saves of a second each take one second, and none is missing
// when SaveAll returns.
func TestSaveAllWaitsForEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var saved atomic.Int32
		start := time.Now()
		SaveAll([]string{"a", "b", "c"}, func(string) {
			time.Sleep(time.Second)
			saved.Add(1)
		})
		assert.EqualValues(t, 3, saved.Load())
		assert.Equal(t, time.Second, time.Since(start))
	})
}

func TestCountPrimes(t *testing.T) {
	count, err := CountPrimes(t.Context(), 10_000)
	require.NoError(t, err)
	assert.Equal(t, 1229, count)
}

// A context that has ended stops the computation at its next look.
func TestCountPrimesStops(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	_, err := CountPrimes(ctx, 1<<62)
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
