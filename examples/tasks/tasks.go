// Package tasks shows what asyncio.create_task becomes in Go: a
// goroutine, with as much of a handle as its caller needs.
package tasks

import (
	"context"
	"time"
)

// Process stands in for work that takes a while. It returns early, with
// the cause, when ctx ends first.
func Process(
	ctx context.Context, item string, delay time.Duration,
) (string, error) {
	select {
	case <-time.After(delay):
	case <-ctx.Done():
	}
	// If both are ready, select takes either. The end goes first.
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return "processed " + item, nil
}

// An Outcome is what became of one job: its value, or its error.
type Outcome[T any] struct {
	Value T
	Err   error
}

// Start runs job in a goroutine of its own and returns at once. The
// outcome waits in the channel until somebody takes it. To stop the
// job, end ctx.
func Start[T any](
	ctx context.Context, job func(context.Context) (T, error),
) <-chan Outcome[T] {
	// Room for the one outcome: the goroutine can leave it and end,
	// even if nobody ever comes for it.
	outcome := make(chan Outcome[T], 1)
	go func() {
		var o Outcome[T]
		o.Err = sound(ctx, func() (err error) {
			o.Value, err = job(ctx)
			return err
		})()
		outcome <- o
	}()
	return outcome
}
