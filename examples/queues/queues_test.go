package queues

import (
	"context"
	"errors"
	"iter"
	"runtime"
	"slices"
	"sync"
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

const unit = 100 * time.Millisecond

// endless yields 0, 1, 2 and so on, without end, and counts in taken
// how many it was asked for.
func endless(taken *atomic.Int32) iter.Seq[int] {
	return func(yield func(int) bool) {
		for n := 0; ; n++ {
			taken.Add(1)
			if !yield(n) {
				return
			}
		}
	}
}

// Ten items of 100 ms each and two consumers: 500 ms, and every item is
// processed once.
func TestShareProcessesEachItemOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var got []int
		handle := func(_ context.Context, item int) error {
			time.Sleep(unit)
			mu.Lock()
			defer mu.Unlock()
			got = append(got, item)
			return nil
		}
		want := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}
		start := time.Now()
		err := Share(t.Context(), slices.Values(want), 5, 2, handle)
		require.NoError(t, err)
		assert.ElementsMatch(t, want, got)
		assert.Equal(t, 5*unit, time.Since(start))
	})
}

// The consumer is busy and the queue of two is full: the producer has
// one more in its hand and waits. It was asked for no fifth.
func TestAFullQueueHoldsTheProducerBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var taken atomic.Int32
		busy := func(ctx context.Context, _ int) error {
			<-ctx.Done()
			return context.Cause(ctx)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		err := Share(ctx, endless(&taken), 2, 1, busy)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.EqualValues(t, 1+2+1, taken.Load())
	})
}

// The producer would go on for ever and the other consumer is busy for
// an hour. One failure ends them all, at the same instant.
func TestAFailureStopsProducerAndConsumers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("disk is full")
		busy := make(chan struct{})
		stopped := make(chan error, 1)
		handle := func(ctx context.Context, item int) error {
			if item == 1 {
				<-busy // fail while the other one works
				return full
			}
			close(busy)
			select {
			case <-time.After(time.Hour):
				return nil
			case <-ctx.Done():
				stopped <- context.Cause(ctx)
				return context.Cause(ctx)
			}
		}
		items, start := endless(new(atomic.Int32)), time.Now()
		err := Share(t.Context(), items, 2, 2, handle)
		assert.Equal(t, full, err)
		assert.Zero(t, time.Since(start))
		assert.Equal(t, full, <-stopped)
	})
}

// ctx ends when Consume has looked at it and an item is there: select
// takes either. What it takes then is not processed.
func TestConsumeTakesNothingUpTooLate(t *testing.T) {
	gone := errors.New("caller is gone")
	for range 100 {
		ctx, cancel := context.WithCancelCause(t.Context())
		queue := make(chan int, 1)
		queue <- 7
		late := &endsWhenAsked{ctx, func() { cancel(gone) }}
		handle := func(context.Context, int) error {
			t.Error("processed an item after the end")
			return nil
		}
		require.Equal(t, gone, Consume(late, queue, handle))
	}
}

// endsWhenAsked is a context that ends right after the first look.
type endsWhenAsked struct {
	context.Context
	end func()
}

func (c *endsWhenAsked) Err() error {
	defer c.end()
	return c.Context.Err()
}

// No items at all are a success, and not a wait for one.
func TestNothingToDo(t *testing.T) {
	none := slices.Values([]int{})
	assert.NoError(t, Send(t.Context(), nil, none))
	assert.NoError(t, Share(t.Context(), none, 0, 2, nil))
	queue := make(chan int)
	assert.NoError(t, Merge(t.Context(), queue))
	assert.NoError(t, Consume(t.Context(), queue, nil))
}

// One close, and each of the three consumers returns.
func TestOneCloseEndsEveryConsumer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		queue := make(chan int)
		var consumers sync.WaitGroup
		for range 3 {
			consumers.Go(func() {
				assert.NoError(t, Consume(t.Context(), queue, nil))
			})
		}
		synctest.Wait() // all three wait for an item
		close(queue)
		consumers.Wait()
	})
}

// Merge closes the queue although one source had to be cut off.
func TestMergeClosesAfterTheLastSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), unit)
		defer cancel()
		queue := make(chan int, 1)
		ended := make(chan error, 1)
		few, many := slices.Values([]int{1}), endless(new(atomic.Int32))
		go func() { ended <- Merge(ctx, queue, few, many) }()

		assert.ErrorIs(t, <-ended, context.DeadlineExceeded)
		<-queue // what was in the buffer
		_, ok := <-queue
		assert.False(t, ok, "the queue is closed")
	})
}

// One source exits, and the other would go on without end. Merge stops
// it, and says what happened.
func TestMergeStopsTheOtherSources(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		exits := func(func(int) bool) { runtime.Goexit() }
		queue := make(chan int)
		ended := make(chan error, 1)
		go func() {
			source := endless(new(atomic.Int32))
			ended <- Merge(t.Context(), queue, exits, source)
		}()
		assert.Equal(t, ErrExited, <-ended)
		_, ok := <-queue
		assert.False(t, ok, "the queue is closed")
	})
}

// Two timers of the same instant fire in either order. Nothing may
// depend on which is first.
func TestTiesAreRandom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first := map[string]bool{}
		for range 1000 {
			order := make(chan string, 2)
			for _, name := range []string{"A", "B"} {
				time.AfterFunc(time.Second, func() { order <- name })
			}
			first[<-order] = true
			<-order
		}
		assert.Len(t, first, 2, "each was first at least once")
	})
}

// The first error in time is returned, whichever consumer it is from.
// The other nine fail, too, but later, and in their own words.
func TestShareReturnsTheFirstErrorInTime(t *testing.T) {
	lost := errors.New("lost")
	for range 20 { // any consumer may take the item that is lost
		items := append(slices.Repeat([]string{"open"}, 9), "lost")
		var open sync.WaitGroup // or some would never begin
		open.Add(9)
		err := Share(t.Context(), slices.Values(items), 0, 10,
			func(ctx context.Context, item string) error {
				if item == "lost" {
					open.Wait()
					return lost
				}
				open.Done()
				<-ctx.Done()
				return errors.New("rollback failed")
			})
		require.Equal(t, lost, err)
	}
}
