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

// FetchAll fetches the urls, at most limit at the same time, and
// returns the pages in the order of urls. The limit must not be zero.
// When one fetch fails, it cancels the context of the others, waits
// until each has returned, and returns that first error.
func FetchAll(
	ctx context.Context, urls []string, limit int, fetch Fetcher,
) ([]string, error) {
	g, ctx := errgroup.WithContext(ctx)
	// Before the first Go: the limit may not change while they run.
	g.SetLimit(limit)
	pages := make([]string, len(urls))
	for i, url := range urls {
		// While limit of them run, the loop waits here. There is no
		// goroutine yet for the urls that come later.
		g.Go(func() error {
			var err error
			pages[i], err = fetch(ctx, url)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return pages, nil
}

// A Client fetches at most a fixed number of pages at the same time,
// whoever asks. Its methods may be called from many goroutines.
type Client struct {
	slots *semaphore.Weighted
	fetch Fetcher
}

// NewClient returns a Client that calls fetch at most limit times at
// once. The limit must be positive.
func NewClient(limit int, fetch Fetcher) *Client {
	return &Client{semaphore.NewWeighted(int64(limit)), fetch}
}

// Fetch waits for a free slot and fetches url. It returns early, with
// the cause, when ctx ends.
func (c *Client) Fetch(
	ctx context.Context, url string,
) (string, error) {
	if err := c.slots.Acquire(ctx, 1); err != nil {
		// Acquire returns ctx.Err; the cause says why.
		return "", context.Cause(ctx)
	}
	// A slot that is not given back is lost until the program ends.
	defer c.slots.Release(1)
	return c.fetch(ctx, url)
}
