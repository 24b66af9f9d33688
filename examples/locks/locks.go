// Package locks limits how many goroutines do something at once, and
// guards the memory that they share.
package locks

import (
	"context"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// A Fetcher gets what is behind url. It must return soon after ctx
// ends.
type Fetcher func(ctx context.Context, url string) (string, error)

// FetchAll fetches the urls, at most limit at the same time (below 1
// counts as 1), and returns the pages in their order. When one fails,
// or ctx ends, it begins no other fetch, ends the context of those that
// run, waits for them, and returns that first error, or the cause.
func FetchAll(
	ctx context.Context, urls []string, limit int, fetch Fetcher,
) ([]string, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // even without urls
	}
	g, ctx := errgroup.WithContext(ctx)
	// Before the first Go: the limit may not change while they run.
	g.SetLimit(max(limit, 1))
	pages := make([]string, len(urls))
	for i, url := range urls {
		// While limit of them run, the loop waits here. There is no
		// goroutine yet for the urls that come later.
		g.Go(sound(ctx, func() (err error) {
			pages[i], err = fetch(ctx, url)
			return err
		}))
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return pages, nil
}

// A Gate lets at most a fixed number of fetches through at the same
// time, whoever asks. Its methods may be called from many goroutines.
type Gate struct {
	slots *semaphore.Weighted
	fetch Fetcher
}

// NewGate returns a Gate that calls fetch at most limit times at once.
// A limit below 1 counts as 1.
func NewGate(limit int, fetch Fetcher) *Gate {
	slots := semaphore.NewWeighted(int64(max(limit, 1)))
	return &Gate{slots, fetch}
}

// Fetch waits for a free slot and fetches url. It returns early, with
// the cause, when ctx ends.
func (g *Gate) Fetch(
	ctx context.Context, url string,
) (string, error) {
	if err := g.slots.Acquire(ctx, 1); err != nil {
		// Acquire returns ctx.Err; the cause says why.
		return "", context.Cause(ctx)
	}
	// A slot that is not given back is lost until the program ends.
	defer g.slots.Release(1)
	return g.fetch(ctx, url)
}
