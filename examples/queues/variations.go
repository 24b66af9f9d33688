package queues

import (
	"cmp"
	"context"
	"iter"

	"golang.org/x/sync/errgroup"
)

// Merge puts the items of all sources on queue at the same time, and
// closes queue after the last one, or after each has noticed that ctx
// has ended. Then it returns the cause; ErrExited if a source exited.
func Merge[T any](
	ctx context.Context, queue chan<- T, sources ...iter.Seq[T],
) error {
	// The first source to finish must not close: a send of another
	// one would panic. So the close waits for all of them.
	defer close(queue)
	if ctx.Err() != nil {
		return context.Cause(ctx) // even without sources
	}
	g, inner := errgroup.WithContext(ctx)
	for _, items := range sources {
		g.Go(sound(inner, func() error {
			// As in Share: items may see the end before inner does.
			return cmp.Or(Send(inner, queue, items), context.Cause(ctx))
		}))
	}
	return g.Wait()
}

// Offer puts item on queue if there is room now, and reports whether
// there was. It never waits.
func Offer[T any](queue chan<- T, item T) bool {
	select {
	case queue <- item:
		return true
	default:
		return false
	}
}
