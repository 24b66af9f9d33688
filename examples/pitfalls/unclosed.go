package pitfalls

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
)

// maxBody is the longest answer that Get reads.
const maxBody = 1 << 20

// Get returns what is behind url, cut off after maxBody bytes. An
// answer that is not 200 OK is an error.
func Get(
	ctx context.Context, client *http.Client, url string,
) ([]byte, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // a transport need not look
	}
	if client.Timeout > 0 { // then ctx knows when that is over
		var cancel func()
		ctx, cancel = context.WithTimeout(ctx, client.Timeout)
		defer cancel()
	}
	req, err := http.NewRequestWithContext(
		ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, because(ctx, err) // there is no Body to close
	}
	// From here on, every return frees the connection.
	defer resp.Body.Close()
	// When ctx ends, the client hangs up. What a server over TLS
	// answers to that is no answer to req.
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", url, resp.Status)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxBody))
	if err == nil {
		err = ctx.Err() // half a body may look whole
	}
	return body, because(ctx, err)
}

// because returns the cause if err is the end of ctx. Over HTTP/2, Go
// 1.26 returns ctx.Err.
func because(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return context.Cause(ctx)
	}
	return err
}

// Head returns the first value of seq, if there is one.
func Head[V any](seq iter.Seq[V]) (V, bool) {
	next, stop := iter.Pull(seq)
	// stop lets seq run its own defers, and ends its goroutine.
	defer stop()
	return next()
}

// Rows yields the rows of a pretended file, which it closes.
func Rows(rows ...string) iter.Seq[string] {
	return func(yield func(string) bool) {
		defer fmt.Println("closed")
		for _, row := range rows {
			// False means that the caller has left its loop.
			if !yield(row) {
				return
			}
		}
	}
}
