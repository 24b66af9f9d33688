package iterators

import (
	"cmp"
	"context"
	"errors"
	"iter"
	"sync"
)

// Prefetch runs source in a goroutine of its own, so that it works
// while the loop does. It keeps up to ready values waiting (below 0 is
// 0; their room is made at once, and must fit into memory), and has one
// more in hand. When ctx ends before source, the last pair says why.
// When the loop ends, source has been cancelled and its goroutine is
// gone; a source that waits without its context delays that.
func Prefetch[V any](
	ctx context.Context, ready int,
	source func(context.Context) iter.Seq2[V, error],
) iter.Seq2[V, error] {
	type pair struct {
		value V
		err   error
	}
	return func(yield func(V, error) bool) {
		inner, cancel := context.WithCancel(ctx)
		pairs := make(chan pair, max(ready, 0))
		left := make(chan struct{})
		send := func(p pair) {
			select {
			case pairs <- p:
			// Not ctx.Done: when the caller's ctx ends, the loop
			// must hear why.
			case <-left:
			}
		}
		var producer sync.WaitGroup
		// In reverse: interrupt the source, release a producer that
		// waits for room, and only then wait for it.
		defer producer.Wait()
		defer close(left)
		defer cancel()

		producer.Go(func() {
			defer close(pairs)
			// Not a plain loop: after a panic in source nobody hears
			// anything, and a source that exits has failed.
			err := sound(inner, func() error {
				var last error
				for value, err := range source(inner) {
					send(pair{value, err})
					last = err
					// The caller's ctx has ended, or the loop. The
					// source may be deaf to it.
					if inner.Err() != nil {
						break
					}
				}
				// A source may see the end of ctx before inner does.
				why := cmp.Or(context.Cause(inner), context.Cause(ctx))
				if errors.Is(last, why) {
					return nil // source has said it
				}
				return why
			})()
			if err != nil {
				send(pair{err: err})
			}
		})
		for p := range pairs {
			if !yield(p.value, p.err) {
				return
			}
		}
	}
}
