// Package iterators shows what async for becomes in Go: range over a
// function, which waits on the goroutine of the loop.
package iterators

import (
	"context"
	"fmt"
	"iter"
	"time"
)

// Countdown yields the numbers below n, from the top, one in 100 ms. It
// ends early when ctx ends; ask ctx if it matters to you.
func Countdown(ctx context.Context, n int) iter.Seq[int] {
	// left belongs to one loop: the next range over it starts afresh.
	return func(yield func(int) bool) {
		for left := n; left > 0; left-- {
			// yield is the body of the loop. It returns false when
			// the loop was left, and must not be called again.
			if wait(ctx) != nil || !yield(left-1) {
				return
			}
		}
	}
}

// Numbers yields 0 to n-1, one in 100 ms. When ctx ends first, the last
// pair is the cause.
func Numbers(ctx context.Context, n int) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		if ctx.Err() != nil {
			yield(0, context.Cause(ctx)) // even without numbers
			return
		}
		for i := range n {
			if err := wait(ctx); err != nil {
				yield(0, err)
				return
			}
			if !yield(i, nil) {
				return
			}
		}
	}
}

// Pages fetches the urls one by one, each when the loop asks for it. It
// stops at the first error, which it yields: the cause, if ctx ends.
func Pages(
	ctx context.Context, urls []string,
) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		// Runs before the line after the loop, however that was
		// left: at the end, by break, return or a panic.
		defer fmt.Println("session closed")
		if ctx.Err() != nil {
			yield("", context.Cause(ctx)) // even without urls
			return
		}
		for _, url := range urls {
			page, err := fetch(ctx, url)
			if !yield(page, err) || err != nil {
				return
			}
		}
	}
}

// fetch stands in for a call over the network.
func fetch(ctx context.Context, url string) (string, error) {
	if err := wait(ctx); err != nil {
		return "", err
	}
	fmt.Println("fetched", url)
	return "page of " + url, nil
}

// wait waits for 100 ms, or returns the cause when ctx ends first.
func wait(ctx context.Context) error {
	select {
	case <-time.After(100 * time.Millisecond):
	case <-ctx.Done():
	}
	return context.Cause(ctx) // nil as long as ctx lives
}
