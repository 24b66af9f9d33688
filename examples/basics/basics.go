// Package basics shows what await and gather become in Go: a call that
// blocks, and goroutines that somebody waits for.
package basics

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"
)

// Fetch stands in for a call over the network. It blocks its caller for
// 100 ms and returns the data, or returns early with the cause when ctx
// ends first.
func Fetch(ctx context.Context, url string) (string, error) {
	select {
	case <-time.After(100 * time.Millisecond):
	case <-ctx.Done():
	}
	// If both are ready, select takes either. The end goes first.
	if ctx.Err() != nil {
		// Cause says why ctx ended; ctx.Err only says that it did.
		return "", context.Cause(ctx)
	}
	return "data from " + url, nil
}

// A Fetcher gets what is behind url, or returns the cause when ctx ends
// first. Fetch is one; so is any such function of yours.
type Fetcher func(ctx context.Context, url string) (string, error)

// FetchEach fetches the urls one after the other. It stops at the first
// error, or when ctx ends.
func FetchEach(
	ctx context.Context, urls []string, fetch Fetcher,
) ([]string, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // even without urls
	}
	var pages []string
	for _, url := range urls {
		// fetch may not look at ctx, so look before each one.
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		page, err := fetch(ctx, url)
		if err != nil {
			return nil, err
		}
		pages = append(pages, page)
	}
	return pages, nil
}

// FetchAll fetches the urls at the same time and returns the pages in
// the order of urls. When one fetch fails, FetchAll cancels the context
// of the others, waits until each has returned, and returns that first
// error.
func FetchAll(
	ctx context.Context, urls []string, fetch Fetcher,
) ([]string, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // even without urls
	}
	// This ctx ends with the first error, and in any case with Wait:
	// hand it to the goroutines, not to what comes after them.
	g, ctx := errgroup.WithContext(ctx)
	pages := make([]string, len(urls))
	for i, url := range urls {
		g.Go(sound(ctx, func() (err error) {
			// Each goroutine owns one slot, so no lock is needed,
			// and the order is that of urls, not of arrival.
			pages[i], err = fetch(ctx, url)
			return err
		}))
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return pages, nil
}
