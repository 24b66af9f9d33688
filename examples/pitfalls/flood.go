package pitfalls

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Each calls do for every url, for at most limit of them at the same
// time, and returns the first error after the last call has ended. A
// limit below 1 counts as 1: with 0, no call would ever begin.
func Each(urls []string, limit int, do func(url string) error) error {
	var g errgroup.Group
	g.SetLimit(max(limit, 1))
	ctx := context.Background() // no failure ends the other calls
	for _, url := range urls {
		// Go waits here while limit calls run: a call that has not
		// begun has no goroutine.
		g.Go(sound(ctx, func() error { return do(url) }))
	}
	return g.Wait()
}
