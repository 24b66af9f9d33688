package basics

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// FetchJoin fetches the urls as FetchAll does, and stops the others in
// the same way. It returns every failure, each with its url. A fetch
// that was stopped is no failure of its own.
func FetchJoin(
	ctx context.Context, urls []string, fetch Fetcher,
) ([]string, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // even without urls
	}
	g, ctx := errgroup.WithContext(ctx)
	pages := make([]string, len(urls))
	errs := make([]error, len(urls))
	for i, url := range urls {
		g.Go(func() error {
			err := sound(ctx, func() (err error) {
				pages[i], err = fetch(ctx, url)
				return err
			})()
			if err != nil {
				errs[i] = fmt.Errorf("%s: %w", url, err)
			}
			return errs[i]
		})
	}
	first := g.Wait()
	if first == nil {
		return pages, nil
	}
	cause := context.Cause(ctx)
	for i, err := range errs {
		// A fetch that was stopped returns the cause: no news.
		if err != first && errors.Is(err, cause) {
			errs[i] = nil
		}
	}
	return nil, errors.Join(errs...)
}
