// Package practices holds the habits of asyncio programmers in the
// form they take in Go, each as small as it can be.
package practices

import (
	"context"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

// RunUntilSignal calls run with a context that ends with ctx, or when
// the process is asked to stop. The cause names the signal.
func RunUntilSignal(
	ctx context.Context, run func(ctx context.Context) error,
) error {
	ctx, stop := signal.NotifyContext(ctx,
		os.Interrupt, syscall.SIGTERM)
	// While run cleans up, a second signal does nothing. After stop,
	// it kills the process as usual.
	defer stop()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return run(ctx)
}

// Notify calls every listener at the same time and returns when the
// last one has ended.
func Notify(listeners []func()) {
	var wg sync.WaitGroup
	for _, listener := range listeners {
		wg.Go(listener)
	}
	wg.Wait()
}

// Squares computes in as many goroutines as there are numbers. Each one
// writes to a place of its own, so they share nothing.
func Squares(numbers []int) []int {
	squares := make([]int, len(numbers))
	var wg sync.WaitGroup
	for i, n := range numbers {
		wg.Go(func() { squares[i] = n * n })
	}
	wg.Wait()
	return squares
}

// Pause waits for d, or less when ctx ends. It returns the cause of
// that end.
func Pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
	// If both are ready, select takes either. Cause knows.
	return context.Cause(ctx)
}

// ForEach calls work for every item, at most limit at a time (below 1
// counts as 1). After the first error no other call begins, and the
// context of those that run ends; ForEach waits for them and returns
// that error.
func ForEach[T any](
	ctx context.Context, limit int, items []T,
	work func(context.Context, T) error,
) error {
	if ctx.Err() != nil {
		return context.Cause(ctx) // even without items
	}
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(limit, 1))
	for _, item := range items {
		// Go waits here while limit goroutines are at work.
		g.Go(sound(ctx, func() error { return work(ctx, item) }))
	}
	return g.Wait()
}
