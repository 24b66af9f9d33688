// Package eventloop does by hand the little that Go needs of an event
// loop: calls in a fixed order, and calls that are due later.
package eventloop

import (
	"context"
	"time"
)

// Serve calls the functions that arrive over calls, one at a time and
// in the order of arrival. It returns nil when calls is closed and
// empty. When ctx ends, it drops the calls that it has not begun, and
// returns the cause. A call that panics or exits takes the goroutine
// of Serve along.
func Serve(ctx context.Context, calls <-chan func()) error {
	// Asked for once, so that nothing stands between a look at ctx and
	// its select.
	ended := ctx.Done()
	for {
		// If both cases below are ready, select takes either. An end
		// that has come already goes first.
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		select {
		case call, open := <-calls:
			if !open {
				return nil
			}
			if ctx.Err() != nil { // it came with the call
				return context.Cause(ctx)
			}
			// No lock: nobody else calls these functions, so what
			// only they touch is safe.
			call()
		case <-ended:
			return context.Cause(ctx)
		}
	}
}

// Later waits for the delay and sends call over calls. When ctx ends
// before the channel has taken it, Later drops call and returns the
// cause.
func Later(
	ctx context.Context, delay time.Duration,
	calls chan<- func(), call func(),
) error {
	ended := ctx.Done() // before the looks, as in Serve
	select {
	case <-time.After(delay):
	case <-ended:
	}
	// If both are ready, above or below, select takes either. An end
	// that has come already goes first.
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	// The loop may be busy, or gone. An end between that look and this
	// select can lose to the send. So Serve looks again.
	select {
	case calls <- call:
		return nil
	case <-ended:
		return context.Cause(ctx)
	}
}
