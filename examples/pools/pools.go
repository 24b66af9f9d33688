// Package pools runs calls that block and computations that need every
// core, where asyncio has pools of threads and of processes.
package pools

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

// Read stands in for a call that blocks and knows no context, as some
// drivers are. It takes 100 ms.
func Read(n int) int {
	time.Sleep(100 * time.Millisecond)
	return 2 * n
}

// Map calls call for each item, at most limit at a time (below 1 counts
// as 1), and returns the values in the order of items. After the first
// failure, or the end of ctx, no other call starts; Map waits for those
// that run, and returns that failure or the cause.
func Map[T, R any](
	ctx context.Context, limit int, items []T,
	call func(context.Context, T) (R, error),
) ([]R, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // even without items
	}
	g, ctx := errgroup.WithContext(ctx)
	// From now on, g.Go waits while so many calls run.
	g.SetLimit(max(limit, 1))
	values := make([]R, len(items))
	for i, item := range items {
		// A call that ignores ctx must at least not begin when it is
		// too late: sound looks.
		g.Go(sound(ctx, func() (err error) {
			values[i], err = call(ctx, item)
			return err
		}))
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
