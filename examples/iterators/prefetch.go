package iterators

import (
	"context"
	"iter"
	"sync"
)

// Prefetch runs source in a goroutine of its own, so that it works
// while the loop does. It keeps up to ready values waiting, and has one
// more in hand. When the loop ends, source has been cancelled and its
// goroutine is gone; a source that ignores its context delays that.
func Prefetch[V any](
	ctx context.Context, ready int,
	source func(context.Context) iter.Seq2[V, error],
) iter.Seq2[V, error] {
	type pair struct {
		value V
		err   error
	}
	return func(yield func(V, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		pairs, left := make(chan pair, ready), make(chan struct{})
		var producer sync.WaitGroup
		// In reverse: interrupt the source, release a producer that
		// waits for room, and only then wait for it.
		defer producer.Wait()
		defer close(left)
		defer cancel()

		producer.Go(func() {
			defer close(pairs)
			for value, err := range source(ctx) {
				select {
				case pairs <- pair{value, err}:
				// Not ctx.Done: when the caller's ctx ends, source
				// says so, and the loop must hear it.
				case <-left:
					return
				}
			}
		})
		for p := range pairs {
			if !yield(p.value, p.err) {
				return
			}
		}
	}
}
