package queues

import (
	"context"
	"iter"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"Send": {
			Jobs:   true,
			Inline: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				queue := make(chan int, 3)
				defer received(w, queue)
				return Send(ctx, queue, produced(ctx, w))
			},
			AllOrNothing: "it has no result",
			Nothing: func(ctx context.Context) error {
				none := slices.Values([]int{})
				return Send(ctx, make(chan int), none)
			},
		},
		"Consume": {
			Jobs:   true,
			Inline: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				queue := waiting()
				defer func() {
					if w.Steps() == 0 && len(queue) < cap(queue) {
						w.Step() // an item is gone, not handled
					}
				}()
				return Consume(ctx, queue, handler(w))
			},
			AllOrNothing: "it has no result",
			Nothing: func(ctx context.Context) error {
				none := make(chan int)
				close(none)
				return Consume(ctx, none, nil)
			},
		},
		"Share": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				return Share(ctx, counted(w), 2, 2, handler(w))
			},
			Finished: shareSaysThatAllIsHandled,
			Counts:   shareWithAnyNumbers,
			Nothing: func(ctx context.Context) error {
				none := slices.Values([]int{})
				return Share(ctx, none, 0, 1, nil)
			},
		},
		"Merge": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				queue := make(chan int, 3)
				defer received(w, queue)
				items := produced(ctx, w)
				return Merge(ctx, queue, items, items)
			},
			AllOrNothing: "it has no result",
			Nothing: func(ctx context.Context) error {
				return Merge(ctx, make(chan int))
			},
		},
		"sound": rules.Sound(sound),
	})
}

// produced yields what jobs of w have produced, without end.
func produced(ctx context.Context, w *rules.Work) iter.Seq[int] {
	return func(yield func(int) bool) {
		for {
			_ = w.Job(ctx)
			if !yield(0) {
				return
			}
		}
	}
}

// counted yields items without end; each is a step.
func counted(w *rules.Work) iter.Seq[int] {
	return func(yield func(int) bool) {
		for w.Step(); yield(0); w.Step() {
		}
	}
}

// received counts what was sent as steps.
func received(w *rules.Work, queue <-chan int) {
	for range len(queue) {
		w.Step()
	}
}

// waiting returns a queue of three items that nobody closes.
func waiting() chan int {
	queue := make(chan int, 3)
	for Offer(queue, 0) {
	}
	return queue
}

func handler(w *rules.Work) Handler[int] {
	return func(ctx context.Context, _ int) error {
		return w.Job(ctx)
	}
}

// The consumers have no more items to wait for when the context ends.
func shareSaysThatAllIsHandled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*unit)
		defer cancel()
		items := slices.Values([]int{0, 1, 2})
		busy := func(context.Context, int) error {
			time.Sleep(unit)
			return nil
		}
		assert.NoError(t, Share(ctx, items, 0, 3, busy))
	})
}

// A size below 0 counts as 0, a number of consumers below 1 as 1.
func shareWithAnyNumbers(t *testing.T) {
	want := []int{0, 1, 2}
	for _, n := range []int{-1, 0, 1} {
		var handled []int
		err := Share(t.Context(), slices.Values(want), n, n,
			func(_ context.Context, item int) error {
				handled = append(handled, item) // one at a time
				return nil
			})
		assert.NoError(t, err)
		assert.Equal(t, want, handled, "%d", n)

		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), unit)
			defer cancel()
			var taken atomic.Int32
			_ = Share(ctx, endless(&taken), n, n,
				func(ctx context.Context, _ int) error {
					<-ctx.Done()
					return context.Cause(ctx)
				})
			// One is being processed, one is in the producer's hand.
			assert.EqualValues(t, 1+max(n, 0)+1, taken.Load())
		})
	}
}

// The items of Share come from its caller as well: a source that exits
// or panics is no end of them.
func TestShareSourceExits(t *testing.T) { rules.Exits(t, shareFrom) }

func TestShareSourcePanics(t *testing.T) {
	rules.Panics(t, func(job func()) { _ = shareFrom(job) })
}

// shareFrom shares one item, and then what yields them calls job.
func shareFrom(job func()) error {
	items := func(yield func(int) bool) {
		yield(0)
		job()
	}
	return Share(context.Background(), items, 1, 1,
		func(context.Context, int) error { return nil })
}
