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
		return "processed " + item, nil
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// A Result is what became of one task: its value, or its error.
type Result[T any] struct {
	Value T
	Err   error
}

// Start runs f in a goroutine of its own and returns at once. The
// result waits in the channel until somebody takes it. To stop f, end
// ctx.
func Start[T any](
	ctx context.Context, f func(context.Context) (T, error),
) <-chan Result[T] {
	// Room for the one result: the goroutine can leave it and end,
	// even if nobody ever comes for it.
	result := make(chan Result[T], 1)
	go func() {
		value, err := f(ctx)
		result <- Result[T]{value, err}
	}()
	return result
}
