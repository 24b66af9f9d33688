// Package when answers the occasions on which you would reach for
// asyncio, each with the smallest Go that serves it.
package when

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"
)

// Load gets two unlike things at the same time. Each goroutine assigns
// to a variable of its own, and Wait comes before anybody reads them.
func Load(
	ctx context.Context,
	user func(context.Context) (string, error),
	orders func(context.Context) (int, error),
) (name string, count int, err error) {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(sound(ctx, func() (err error) {
		name, err = user(ctx)
		return err
	}))
	g.Go(sound(ctx, func() (err error) {
		count, err = orders(ctx)
		return err
	}))
	err = g.Wait()
	return name, count, err
}

// Greet answers one request. Other requests do not wait for it. When
// the client goes away, the server ends the context of the request; in
// HTTP/1, only once the body has been read. Most GETs have none.
func Greet(w http.ResponseWriter, r *http.Request) {
	select {
	case <-time.After(100 * time.Millisecond): // a database, say
	case <-r.Context().Done():
	}
	// If both are ready, select takes either.
	if r.Context().Err() != nil {
		return // nobody is there to read an answer
	}
	fmt.Fprintln(w, "hello,", r.PathValue("name"))
}

// Lines reads a stream line by line. It reads ahead: after a break, r
// is somewhere behind the line, so leave it alone, and loop over the
// same sequence again: it goes on with the next line. An error comes
// last, with an empty line, and again in every other loop: a read that
// failed, which may have cut the line before it short, or
// bufio.ErrTooLong for one of 64 KB and more. The end of a line, "\n"
// or "\r\n", is not yielded, but a "\r" counts.
func Lines(r io.Reader) iter.Seq2[string, error] {
	// Not one per loop: the scanner holds what it has read ahead.
	scanner := bufio.NewScanner(r)
	var failed error
	return func(yield func(string, error) bool) {
		// A scan after ErrTooLong would take the head of that line for
		// a line.
		for failed == nil && scanner.Scan() {
			if !yield(scanner.Text(), nil) {
				return
			}
		}
		if failed = scanner.Err(); failed != nil {
			yield("", failed)
		}
	}
}

// Sizes asks for the sizes of many files at the same time. os.Stat
// blocks, and that is all right: the scheduler gives other goroutines
// another thread. Beside an error stand the sizes that it could get.
func Sizes(names []string) ([]int64, error) {
	var g errgroup.Group
	g.SetLimit(100) // a Stat that waits for its disk holds a thread
	sizes := make([]int64, len(names))
	for i, name := range names {
		g.Go(func() error {
			info, err := os.Stat(name)
			if err == nil {
				sizes[i] = info.Size()
			}
			return err
		})
	}
	return sizes, g.Wait()
}

// WithTempDir calls use with a folder that is gone afterwards, also if
// use panics. It reports what went wrong in use and in the clean-up.
func WithTempDir(use func(dir string) error) (err error) {
	dir, err := os.MkdirTemp("", "when")
	if err != nil {
		return err
	}
	defer func() {
		if left := os.RemoveAll(dir); left != nil {
			err = errors.Join(err, left)
		}
	}()
	return use(dir)
}

// Hits counts per name, from any number of goroutines.
type Hits struct {
	mu     sync.Mutex // guards byName
	byName map[string]int
}

// Add counts one more for name and returns how many there are.
func (h *Hits) Add(name string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.byName == nil {
		h.byName = make(map[string]int)
	}
	h.byName[name]++
	return h.byName[name]
}

// FetchAndHash overlaps waiting and computing: at most 20 urls are in
// work at a time; of these, at most as many hash as there are
// processors. Beside an error stand the sums that were there, each in
// the place of its url.
func FetchAndHash(
	ctx context.Context, urls []string,
	fetch func(context.Context, string) ([]byte, error),
	hash func([]byte) [32]byte,
) ([][32]byte, error) {
	sums := make([][32]byte, len(urls))
	if ctx.Err() != nil {
		return sums, context.Cause(ctx) // even without urls
	}
	processors := semaphore.NewWeighted(int64(runtime.GOMAXPROCS(0)))
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(20) // until its hash is there, a url keeps its place
	for i, url := range urls {
		g.Go(sound(ctx, func() error {
			body, err := fetch(ctx, url)
			if err != nil {
				return err
			}
			if processors.Acquire(ctx, 1) != nil {
				return context.Cause(ctx) // not only ctx.Err
			}
			defer processors.Release(1)
			sums[i] = hash(body)
			return nil
		}))
	}
	return sums, g.Wait()
}
