// Package httpclient fetches pages over HTTP with one shared client.
package httpclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"golang.org/x/sync/errgroup"
)

// Client is for the whole program: it keeps connections, and goroutines
// may share it. Its Timeout covers a call up to the last byte.
var Client = &http.Client{Timeout: 30 * time.Second}

// A StatusError is an answer that is not 200 OK.
type StatusError struct{ Code int }

func (e *StatusError) Error() string {
	return fmt.Sprintf("status %d %s", e.Code, http.StatusText(e.Code))
}

// Get returns the page behind url: at most MaxPage bytes, from an
// answer with the status 200. All else is an error.
func Get(
	ctx context.Context, client *http.Client, url string,
) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if client.Timeout > 0 { // then ctx knows when that is over
		ctx, cancel = context.WithTimeout(ctx, client.Timeout)
		defer cancel()
	}
	if ctx.Err() != nil {
		return "", context.Cause(ctx) // a transport need not look
	}
	// The request carries ctx. client.Get takes none, so nobody could
	// end that call early.
	req, err := http.NewRequestWithContext(
		ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req)
	if err != nil {
		return "", because(ctx, err)
	}
	// An open body keeps its connection, and its goroutines.
	defer resp.Body.Close()
	// When ctx ends, the client hangs up. Over TLS the server may end
	// its answer then, and half a page looks whole.
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	// err says that no answer came. A 500 is an answer.
	if resp.StatusCode != http.StatusOK {
		drain(resp.Body, cancel)
		return "", &StatusError{resp.StatusCode}
	}
	page, err := read(resp.Body)
	if err == nil {
		err = ctx.Err()
	}
	return page, because(ctx, err)
}

// drain reads the rest of a body, so that the next call can use the
// connection. Past 64 KB or 50 ms, a new connection costs less.
func drain(body io.ReadCloser, cancel func()) {
	defer time.AfterFunc(50*time.Millisecond, cancel).Stop()
	// Only a body that knows no context is still read by then. Others
	// must not be closed before: Read may not bear a Close beside it.
	defer time.AfterFunc(100*time.Millisecond, func() {
		body.Close()
	}).Stop()
	// One byte more: only the end of the body frees the connection.
	io.CopyN(io.Discard, body, 64<<10+1)
}

// because returns the cause if err is the end of ctx. Over HTTP/2, Go
// 1.26 returns ctx.Err.
func because(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return context.Cause(ctx)
	}
	return err
}

// MaxPage is how many bytes a page may have.
const MaxPage = 1 << 20

// ErrTooLarge reports a page of more than MaxPage bytes.
var ErrTooLarge = errors.New("page too large")

func read(body io.Reader) (string, error) {
	// The server decides how much it sends, but not how much we hold.
	// One byte more than allowed tells a page cut off from one that
	// fits.
	page, err := io.ReadAll(io.LimitReader(body, MaxPage+1))
	if err != nil {
		return "", err
	}
	if len(page) > MaxPage {
		return "", ErrTooLarge
	}
	return string(page), nil
}

// FetchAll gets the pages behind the urls, ten at a time, and returns
// them in the order of urls. The first failure ends the other calls.
func FetchAll(
	ctx context.Context, client *http.Client, urls []string,
) ([]string, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // even without urls
	}
	g, ctx := errgroup.WithContext(ctx)
	// A thousand calls at once would open a thousand connections.
	g.SetLimit(10)
	pages := make([]string, len(urls))
	for i, url := range urls {
		g.Go(sound(ctx, func() (err error) {
			pages[i], err = Get(ctx, client, url)
			return err
		}))
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return pages, nil
}
