package queues

import (
	"context"
	"errors"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// silent yields one item and ends with ctx, without a word, as the
// sequence of a Countdown does.
func silent(ctx context.Context) iter.Seq[int] {
	return func(yield func(int) bool) {
		if yield(0) {
			<-ctx.Done()
		}
	}
}

// A source that ends with the context has not come to its end: what was
// sent of it must not look complete.
func TestASourceThatEndsInSilence(t *testing.T) {
	gone := errors.New("the caller has gone")
	handle := func(context.Context, int) error { return nil }
	for name, call := range map[string]func(context.Context) error{
		"Send": func(ctx context.Context) error {
			return Send(ctx, make(chan int, 1), silent(ctx))
		},
		"Merge": func(ctx context.Context) error {
			return Merge(ctx, make(chan int, 1), silent(ctx))
		},
		"Share": func(ctx context.Context) error {
			return Share(ctx, silent(ctx), 1, 1, handle)
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancelCause(t.Context())
				time.AfterFunc(unit, func() { cancel(gone) })
				assert.Equal(t, gone, call(ctx))
			})
		})
	}
}

// ctx ends when Consume has looked at it, and a producer that ended
// with it has closed the queue: select takes either.
func TestConsumeIsNotCompleteAtTheEnd(t *testing.T) {
	gone := errors.New("the caller has gone")
	for range 100 {
		ctx, cancel := context.WithCancelCause(t.Context())
		queue := make(chan int)
		close(queue)
		late := &endsWhenAsked{ctx, func() { cancel(gone) }}
		require.Equal(t, gone, Consume(late, queue, nil))
	}
}

// tardy is a context that has yet to tell its children of its end.
type tardy struct{ context.Context }

func (tardy) AfterFunc(func()) func() bool {
	return func() bool { return true }
}

func (tardy) Done() <-chan struct{} { return make(chan struct{}) }

// Share and Merge work with a child of ctx, and a source that ends with
// ctx may see the end before the child does.
func TestASourceThatSeesTheEndFirst(t *testing.T) {
	gone := errors.New("the caller has gone")
	for name, call := range map[string]func(
		context.Context, iter.Seq[int],
	) error{
		"Merge": func(ctx context.Context, items iter.Seq[int]) error {
			return Merge(ctx, make(chan int, 1), items)
		},
		"Share": func(ctx context.Context, items iter.Seq[int]) error {
			return Share(ctx, items, 1, 1,
				func(context.Context, int) error { return nil })
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			items := func(yield func(int) bool) {
				yield(0)
				cancel(gone)
			}
			assert.Equal(t, gone, call(tardy{ctx}, items))
		})
	}
}
