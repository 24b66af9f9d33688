package rules

import (
	"context"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ErrEnded is the cause of a context of EndsInDone.
var ErrEnded = errCause

// EndsInDone returns a context that ends, with ErrEnded, when somebody
// asks for its Done: after a look at Err, and before the select takes
// one of its cases.
func EndsInDone(t *testing.T) context.Context {
	ctx, cancel := context.WithCancelCause(t.Context())
	return inDone{ctx, func() { cancel(errCause) }}
}

// EndsLate returns a context that ends, with ErrEnded, when somebody
// asks for its Done, and lets an hour pass before that: what a select
// made before it asked is due as well. Use it in a bubble of synctest.
func EndsLate(t *testing.T) context.Context {
	ctx, cancel := context.WithCancelCause(t.Context())
	return inDone{ctx, func() {
		time.Sleep(time.Hour)
		cancel(errCause)
	}}
}

type inDone struct {
	context.Context
	end func()
}

func (c inDone) Done() <-chan struct{} {
	c.end()
	return c.Context.Done()
}

// inDone tries rules 1, 2 and 4: what could come next is ready, and the
// context ends in Done.
func (f Func) inDone(t *testing.T) {
	for range rounds {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			w := &Work{mode: quick, cancel: cancel}
			err := f.Call(inDone{ctx, endsWhenQuiet(w)}, w)
			synctest.Wait()
			require.Zero(t, w.Late(), "steps begun after the end")
			if w.Steps() == 0 && !f.Silent && !f.Instant {
				require.ErrorIs(t, err, errCause)
			}
		})
	}
}

// endsWhenQuiet returns a function that waits until no goroutine can go
// on, and then ends the context of w. A step that had begun by then was
// not too late. Whoever calls it meanwhile waits for that end.
func endsWhenQuiet(w *Work) func() {
	var called atomic.Bool
	over := make(chan struct{})
	return func() {
		if called.CompareAndSwap(false, true) {
			synctest.Wait()
			w.end()
			close(over)
		}
		<-over
	}
}

// nothing tries rule 1 on a function that has nothing to do.
func (f Func) nothing(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errCause)
	assert.ErrorIs(t, f.Nothing(ctx), errCause)
}
