package queues

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// A consumer of an empty queue that nobody closes ends with its
// context.
func TestConsumeEndsWhileItWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("the caller has gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(unit, func() { cancel(gone) })
		start := time.Now()
		err := Consume(ctx, make(chan int),
			func(context.Context, int) error { return nil })
		assert.Equal(t, gone, err)
		assert.Equal(t, unit, time.Since(start))
	})
}

// A handler fails with an error of its own when ctx has ended: what
// went wrong with an item does not get lost.
func TestConsumeReturnsWhatHandleReturns(t *testing.T) {
	full := errors.New("disk is full")
	ctx, cancel := context.WithCancel(t.Context())
	queue := make(chan int, 1)
	queue <- 7
	err := Consume(ctx, queue, func(context.Context, int) error {
		cancel()
		return full
	})
	assert.Equal(t, full, err)
}

// A hundred sources that need 100 ms for an item need them at the same
// time.
func TestMergeAsksAllSourcesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var slow iter.Seq[int] = func(yield func(int) bool) {
			time.Sleep(unit)
			yield(1)
		}
		queue := make(chan int, 100)
		sources := slices.Repeat([]iter.Seq[int]{slow}, 100)
		start := time.Now()
		assert.NoError(t, Merge(t.Context(), queue, sources...))
		assert.Equal(t, unit, time.Since(start))
		assert.Len(t, queue, 100)
	})
}

// One consumer fails while another works on, whatever its context says.
// Share waits for that one.
func TestShareWaitsForAllConsumers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full, busy := errors.New("disk is full"), make(chan struct{})
		handle := func(_ context.Context, item int) error {
			if item == 1 {
				<-busy // fail while the other one works
				return full
			}
			close(busy)
			time.Sleep(unit)
			return nil
		}
		items, start := slices.Values([]int{0, 1}), time.Now()
		assert.Equal(t, full, Share(t.Context(), items, 0, 2, handle))
		assert.Equal(t, unit, time.Since(start))
	})
}

// A source is busy with its next item when ctx ends. Until it comes,
// nobody who has the queue may take it for closed.
func TestTheProducerIsWaitedFor(t *testing.T) {
	gone := errors.New("the caller has gone")
	var slow iter.Seq[int] = func(yield func(int) bool) {
		for yield(0) {
			time.Sleep(3 * unit)
		}
	}
	for name, call := range map[string]func(context.Context) error{
		"Merge": func(ctx context.Context) error {
			return Merge(ctx, make(chan int, 2), slow)
		},
		"Share": func(ctx context.Context) error {
			return Share(ctx, slow, 0, 1,
				func(context.Context, int) error { return nil })
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeoutCause(t.Context(),
					unit, gone)
				defer cancel()
				start := time.Now()
				assert.Equal(t, gone, call(ctx))
				assert.Equal(t, 3*unit, time.Since(start))
			})
		})
	}
}

// Whoever receives need not wait for a Merge that came too late.
func TestMergeClosesEvenTooLate(t *testing.T) {
	gone := errors.New("the caller has gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	queue := make(chan int, 1)
	source := endless(new(atomic.Int32))
	assert.Equal(t, gone, Merge(ctx, queue, source))
	assert.Panics(t, func() { Offer(queue, 1) }, "it is closed")
}

// endsAfter is a context that ends right after so many looks.
type endsAfter struct {
	context.Context
	looks *int
	end   func()
}

func (c endsAfter) Err() error {
	err := c.Context.Err()
	if *c.looks--; *c.looks == 0 {
		c.end()
	}
	return err
}

// ctx ends when Send has looked at it, with an item in hand and room
// for it: select takes either. No other item is taken.
func TestSendHasOneItemInHandAtTheEnd(t *testing.T) {
	gone := errors.New("the caller has gone")
	sent := map[int]bool{}
	for range 100 {
		ctx, cancel := context.WithCancelCause(t.Context())
		looks, taken := 2, new(atomic.Int32)
		late := endsAfter{ctx, &looks, func() { cancel(gone) }}
		queue := make(chan int, 9)
		assert.Equal(t, gone, Send(late, queue, endless(taken)))
		assert.EqualValues(t, 1, taken.Load())
		sent[len(queue)] = true
	}
	assert.Equal(t, map[int]bool{0: true, 1: true}, sent)
}
