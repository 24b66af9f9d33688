package basics

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"
)

// FetchJoin fetches the urls as FetchAll does, and stops the others in
// the same way. Its error says first why they stopped: the first
// failure, or the cause of ctx. All other failures follow. A fetch that
// says no more than ctx was stopped; that is no failure of its own. One
// that adds words, as net/http does, is kept: they may be news.
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
	if g.Wait() == nil {
		return pages, nil
	}
	cause := context.Cause(ctx)
	all := []error{cause}
	for _, err := range errs {
		// Compare what they say: == panics on some errors, and Is
		// would find the cause beside a failure, too. Sprint, and
		// not Error, which panics on some nil pointers.
		switch text := fmt.Sprint(errors.Unwrap(err)); {
		case err == nil, err == cause:
		case text == fmt.Sprint(cause), text == fmt.Sprint(ctx.Err()):
		default:
			all = append(all, err)
		}
	}
	return nil, errors.Join(all...)
}
