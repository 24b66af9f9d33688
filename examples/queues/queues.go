// Package queues hands items from producers to consumers: a channel
// with a buffer is the queue, and closing it says that no more will
// come.
package queues

import (
	"cmp"
	"context"
	"iter"

	"golang.org/x/sync/errgroup"
)

// Send puts the items on queue and waits while it is full. When ctx
// ends, it takes no more, and returns the cause; the item that it has
// in hand at that moment may still go.
func Send[T any](
	ctx context.Context, queue chan<- T, items iter.Seq[T],
) error {
	// Ask for Done before looking at ctx.Err. The Done of a context
	// that is not Go's own may take time, and ctx could end meanwhile.
	ended := ctx.Done()
	if ctx.Err() != nil {
		return context.Cause(ctx) // take no item
	}
	for item := range items {
		// It may have taken long to get item. If ctx has ended and
		// there is room, select takes either case: look first. Only
		// an end that comes after the look can let item go.
		if ctx.Err() == nil {
			select {
			case queue <- item:
			case <-ended:
				// Without this case, a full queue whose consumers
				// have gone would hold this goroutine for ever.
			}
		}
		if ctx.Err() != nil {
			return context.Cause(ctx) // take no other item
		}
	}
	// Nil as long as ctx lives. Items that end with it, without a word,
	// would look complete.
	return context.Cause(ctx)
}

// A Handler processes one item. It must return soon after ctx ends.
type Handler[T any] func(ctx context.Context, item T) error

// Consume calls handle for each item until queue is closed and empty.
// When handle fails, it returns that error; when ctx ends, the cause.
// What it took at that moment or left in queue is not handled.
func Consume[T any](
	ctx context.Context, queue <-chan T, handle Handler[T],
) error {
	ended := ctx.Done() // before the look, as in Send
	// The queue may still hold items when ctx has ended: select would
	// take either case, so look first.
	for ctx.Err() == nil {
		select {
		case item, ok := <-queue:
			if !ok {
				// Closed, and nothing is left: nil. But the end of ctx
				// may be why.
				return context.Cause(ctx)
			}
			if ctx.Err() != nil {
				continue // too late: nobody wants this item
			}
			if err := handle(ctx, item); err != nil {
				return err
			}
		case <-ended:
		}
	}
	return context.Cause(ctx)
}

// Share hands the items to a number of consumers, at least one, over a
// queue with room for size items (below 0 counts as 0), and returns
// when the last item is processed. Room and consumers are made at once,
// and must fit into memory. When one consumer fails, or ctx ends, Share
// stops the producer at its next item, ends the context of the other
// consumers, waits until each has returned, and returns that first
// error, or the cause.
func Share[T any](
	ctx context.Context, items iter.Seq[T],
	size, consumers int, handle Handler[T],
) error {
	g, inner := errgroup.WithContext(ctx)
	queue := make(chan T, max(size, 0))
	send := sound(inner, func() error {
		// Items that end with ctx may see its end before inner does.
		return cmp.Or(Send(inner, queue, items), context.Cause(ctx))
	})
	g.Go(func() error {
		// Only the sender knows that no more will come. One close
		// ends the loop of every consumer, however many there are.
		defer close(queue)
		return send()
	})
	for range max(consumers, 1) {
		g.Go(sound(inner, func() error {
			return Consume(inner, queue, handle)
		}))
	}
	return g.Wait()
}
