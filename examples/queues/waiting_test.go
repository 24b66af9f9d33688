package queues

import (
	"context"
	"errors"
	"iter"
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
