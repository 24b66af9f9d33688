package eventloop

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"

	"github.com/awaitless/awaitless/internal/rules"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var errClosing = errors.New("the loop closes")

// serveAll serves the calls that are there already.
func serveAll(ctx context.Context, calls ...func()) error {
	queue := make(chan func(), len(calls))
	for _, call := range calls {
		queue <- call
	}
	close(queue)
	return Serve(ctx, queue)
}

// Two timers of a second, two callbacks that take another. AfterFunc
// runs them side by side, Serve one after the other.
func TestAfterFuncOverlapsAndServeDoesNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start, ends := time.Now(), make(chan time.Duration, 2)
		callback := func() {
			time.Sleep(time.Second)
			ends <- time.Since(start)
		}
		time.AfterFunc(time.Second, callback)
		time.AfterFunc(time.Second, callback)
		assert.Equal(t, 2*time.Second, <-ends)
		assert.Equal(t, 2*time.Second, <-ends)

		start = time.Now()
		require.NoError(t, serveAll(t.Context(), callback, callback))
		assert.Equal(t, 1*time.Second, <-ends)
		assert.Equal(t, 2*time.Second, <-ends)
	})
}

func TestServeKeepsTheOrder(t *testing.T) {
	var got, want []int
	var calls []func()
	for n := range 100 {
		want = append(want, n)
		calls = append(calls, func() { got = append(got, n) })
	}
	require.NoError(t, serveAll(t.Context(), calls...))
	assert.Equal(t, want, got)
}

// Three calls wait. The first ends the context, so the others are
// dropped: always, although their channel is ready as well.
func TestServeBeginsNothingAfterTheEnd(t *testing.T) {
	for range 100 {
		ctx, cancel := context.WithCancelCause(t.Context())
		calls := 0
		call := func() {
			calls++
			cancel(errClosing)
		}
		assert.Equal(t, errClosing, serveAll(ctx, call, call, call))
		assert.Equal(t, 1, calls)
	}
}

// ends is a context that ends after a look at it.
type ends struct {
	context.Context
	cancel func()
}

func (c ends) Err() error {
	defer c.cancel()
	return c.Context.Err()
}

// The end comes after the look at ctx, and a call with it: received or
// not, it does not begin.
func TestServeLooksAgainAfterTheReceive(t *testing.T) {
	for range 100 {
		ctx, cancel := context.WithCancelCause(t.Context())
		ending := ends{ctx, func() { cancel(errClosing) }}
		call := func() { t.Error("begun after the end") }
		require.Equal(t, errClosing, serveAll(ending, call))
	}
}

// After the end, nothing is taken out of the channel.
func TestServeTakesNothingAfterTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errClosing)
	calls := make(chan func(), 1)
	calls <- func() { t.Error("begun after the end") }
	for range 100 {
		require.Equal(t, errClosing, Serve(ctx, calls))
		require.Len(t, calls, 1)
	}
}

// What a buffer has taken is delivered for Later. It may still be
// dropped.
func TestABufferHidesADrop(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	calls := make(chan func(), 1)
	call := func() { t.Error("begun after the end") }
	assert.NoError(t, Later(ctx, 0, calls, call))
	cancel(errClosing)
	assert.Equal(t, errClosing, Serve(ctx, calls))
}

// serving starts a Serve as the Examples do.
func serving() (*errgroup.Group, context.Context, chan func()) {
	loop, ctx := errgroup.WithContext(context.Background())
	calls := make(chan func())
	loop.Go(sound(ctx, func() error { return Serve(ctx, calls) }))
	return loop, ctx, calls
}

// A call that panics ends the program before anybody goes on.
func TestACallThatPanics(t *testing.T) {
	rules.Panics(t, func(job func()) {
		loop, _, calls := serving()
		calls <- job
		_ = loop.Wait()
	})
}

// A call that exits ends the loop, and whoever sends hears why.
func TestACallThatExits(t *testing.T) {
	rules.Exits(t, func(job func()) error {
		loop, ctx, calls := serving()
		calls <- job
		assert.Equal(t, ErrExited, Later(ctx, 0, calls, nil))
		return loop.Wait()
	})
}

// A loop with nothing to do ends at the very instant of its context.
func TestServeEndsWhileItWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(errClosing) })
		start := time.Now()
		assert.Equal(t, errClosing, Serve(ctx, make(chan func())))
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// A delayed call arrives at its time, not before.
func TestLaterDelivers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := make(chan func(), 1)
		start := time.Now()
		err := Later(t.Context(), time.Hour, calls, func() {})
		assert.NoError(t, err)
		assert.Equal(t, time.Hour, time.Since(start))
		assert.Len(t, calls, 1)
	})
}

// A Later that is called after the end delivers nothing, although there
// is a receiver and nothing is left to wait for.
func TestLaterComesTooLate(t *testing.T) {
	for _, delay := range []time.Duration{0, -time.Second} {
		for range 100 {
			ctx, cancel := context.WithCancelCause(t.Context())
			cancel(errClosing)
			calls := make(chan func(), 1)
			err := Later(ctx, delay, calls, func() {})
			require.Equal(t, errClosing, err)
			require.Empty(t, calls)
		}
	}
}

// The end comes at the very instant of the call, before it or after it.
// Either way, what Later reports is what happened.
func TestLaterEndsAtItsTime(t *testing.T) {
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeoutCause(
				t.Context(), time.Second, errClosing)
			defer cancel()
			calls := make(chan func(), 1)
			err := Later(ctx, time.Second, calls, func() {})
			if err != nil {
				require.Equal(t, errClosing, err)
				require.Empty(t, calls)
				return
			}
			require.Len(t, calls, 1)
		})
	}
}

// The end comes after the look at ctx, when there is room for the call.
// What the channel has taken, is delivered, whatever came with it; what
// it has not taken, is dropped.
func TestLaterSaysWhatBecameOfTheCall(t *testing.T) {
	delivered := 0
	for range 100 {
		ctx, cancel := context.WithCancelCause(t.Context())
		ending := ends{ctx, func() { cancel(errClosing) }}
		calls := make(chan func(), 1)
		err := Later(ending, 0, calls, func() {})
		if len(calls) == 0 {
			require.Equal(t, errClosing, err)
			continue
		}
		require.NoError(t, err)
		delivered++
	}
	assert.NotZero(t, delivered)
}

// A delay below 0 is a delay of 0.
func TestLaterWithoutADelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls, start := make(chan func(), 2), time.Now()
		for _, delay := range []time.Duration{0, -time.Hour} {
			require.NoError(t, Later(t.Context(), delay, calls, nil))
		}
		assert.Len(t, calls, 2)
		assert.Zero(t, time.Since(start))
	})
}

// The loop closes before the hour is over, or is gone when it is. The
// call is dropped either way, and Later does not wait for ever.
func TestLaterDrops(t *testing.T) {
	for _, closes := range []time.Duration{time.Minute, 2 * time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(closes, func() { cancel(errClosing) })
			nobody := make(chan func())
			start := time.Now()
			err := Later(ctx, time.Hour, nobody, func() {})
			assert.Equal(t, errClosing, err)
			assert.Equal(t, closes, time.Since(start))
		})
	}
}
