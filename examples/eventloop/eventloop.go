// Package eventloop does by hand the little that Go needs of an event
// loop: calls in a fixed order, and calls that are due later.
package eventloop

import (
	"context"
	"time"
)

// Serve calls the functions that arrive over calls, one at a time and
// in the order of arrival. It returns nil when calls is closed and
// empty. When ctx ends, it drops what it has not received and returns
// the cause. A call that arrives at that very moment may still run.
func Serve(ctx context.Context, calls <-chan func()) error {
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
			// No lock: nobody else calls these functions, so what
			// only they touch is safe.
			call()
		case <-ended:
			return context.Cause(ctx)
		}
	}
}

// Later waits for the delay and sends call over calls. When ctx ends
// before somebody has received it, Later drops call and returns the
// cause.
func Later(
	ctx context.Context, delay time.Duration,
	calls chan<- func(), call func(),
) error {
	ended := ctx.Done()
	select {
	case <-time.After(delay):
	case <-ended:
	}
	// If both are ready, above or below, select takes either. An end
	// that has come already goes first.
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	// The loop may be busy, or gone.
	select {
	case calls <- call:
		return nil
	case <-ended:
		return context.Cause(ctx)
	}
}
