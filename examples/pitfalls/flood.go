package pitfalls

import "golang.org/x/sync/errgroup"

// Each calls do for every url, for at most limit of them at the same
// time, and returns the first error after the last call has returned.
// The limit is at least 1: with 0, the first call would never start.
func Each(urls []string, limit int, do func(url string) error) error {
	var g errgroup.Group
	g.SetLimit(limit)
	for _, url := range urls {
		// Go waits here while limit calls run, so there are never
		// more goroutines than calls.
		g.Go(func() error { return do(url) })
	}
	return g.Wait()
}
