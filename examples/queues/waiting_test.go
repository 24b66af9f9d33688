package queues

import (
	"context"
	"errors"
	"iter"
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

// Two sources that need 100 ms for an item need them at the same time.
func TestMergeAsksAllSourcesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var slow iter.Seq[int] = func(yield func(int) bool) {
			time.Sleep(unit)
			yield(1)
		}
		queue := make(chan int, 2)
		start := time.Now()
		assert.NoError(t, Merge(t.Context(), queue, slow, slow))
		assert.Equal(t, unit, time.Since(start))
		assert.Len(t, queue, 2)
	})
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
