// Package queues hands items from producers to consumers: a channel
// with a buffer is the queue, and closing it says that no more will
// come.
package queues

import (
	"context"
	"iter"

	"golang.org/x/sync/errgroup"
)

// Send puts the items on queue and waits while it is full. It returns
// early, with the cause, when ctx ends.
func Send[T any](
	ctx context.Context, queue chan<- T, items iter.Seq[T],
) error {
	for item := range items {
		select {
		case queue <- item:
		case <-ctx.Done():
			// Without this case, a full queue whose consumers have
			// gone would hold this goroutine for ever.
			return context.Cause(ctx)
		}
	}
	return nil
}

// Consume calls handle for each item until queue is closed and empty,
// or handle fails. It relies on the sender to close queue, also when
// ctx ends; what is left in queue then is not handled.
func Consume[T any](
	ctx context.Context, queue <-chan T, handle Handler[T],
) error {
	for item := range queue {
		// The buffer may still hold items. When ctx has ended,
		// nobody wants them any more.
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err := handle(ctx, item); err != nil {
			return err
		}
	}
	return nil
}

// A Handler processes one item. It must return soon after ctx ends.
type Handler[T any] func(ctx context.Context, item T) error

// Share hands the items to a number of consumers over a queue with room
// for size items, and returns when the last item is processed. When one
// consumer fails, Share stops the producer at its next item, ends the
// context of the other consumers, waits until each has returned, and
// returns that first error.
func Share[T any](
	ctx context.Context, items iter.Seq[T],
	size, consumers int, handle Handler[T],
) error {
	g, ctx := errgroup.WithContext(ctx)
	queue := make(chan T, size)
	g.Go(func() error {
		// Only the sender knows that no more will come. One close
		// ends the range of every consumer, however many there are.
		defer close(queue)
		return Send(ctx, queue, items)
	})
	for range consumers {
		g.Go(func() error { return Consume(ctx, queue, handle) })
	}
	return g.Wait()
}
