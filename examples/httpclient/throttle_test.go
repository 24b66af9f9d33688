package httpclient

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/time/rate"
)

const unit = 100 * time.Millisecond

// throttled returns a client that may start ten requests per second,
// and burst of them at once, and the times at which they arrive.
func throttled(
	t *testing.T, burst int,
) (*http.Client, <-chan time.Duration) {
	start, arrived := time.Now(), make(chan time.Duration, 5)
	client := serveMemory(t, func(http.ResponseWriter, *http.Request) {
		// The limiter counts in floating point.
		arrived <- time.Since(start).Round(time.Millisecond)
	})
	client.Transport = &Throttle{
		Limiter: rate.NewLimiter(10, burst),
		Next:    client.Transport,
	}
	return client, arrived
}

// Five calls start together. The bucket is full at first, so that two
// go at once; then one follows every 100 ms.
func TestThrottleSpacesTheCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, arrived := throttled(t, 2)
		urls := slices.Repeat([]string{page}, 5)
		_, err := FetchAll(t.Context(), client, urls)
		assert.NoError(t, err)
		for _, at := range []time.Duration{0, 0, 1, 2, 3} {
			assert.Equal(t, at*unit, <-arrived)
		}
	})
}

// A redirect is a request of its own: it waits for the next token.
func TestThrottleCountsARedirect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var arrived []time.Duration
		start := time.Now()
		client := serveMemory(t, func(
			w http.ResponseWriter, r *http.Request,
		) {
			arrived = append(arrived,
				time.Since(start).Round(time.Millisecond))
			if len(arrived) == 1 {
				http.Redirect(w, r, "/moved", http.StatusFound)
			}
		})
		client.Transport = &Throttle{
			Limiter: rate.NewLimiter(10, 1),
			Next:    client.Transport,
		}
		_, err := Get(t.Context(), client, page)
		assert.NoError(t, err)
		assert.Equal(t, []time.Duration{0, unit}, arrived)
	})
}

// A token that comes after the deadline is not waited for. The error
// is not context.DeadlineExceeded: the deadline has not passed.
func TestThrottleRefusesWhatWouldBeLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, arrived := throttled(t, 1)
		client.Timeout = unit / 2
		_, err := Get(t.Context(), client, page)
		assert.NoError(t, err)
		start := time.Now()
		_, err = Get(t.Context(), client, page)
		assert.ErrorContains(t, err, "would exceed context deadline")
		assert.NotErrorIs(t, err, context.DeadlineExceeded)
		assert.Zero(t, time.Since(start))
		assert.Len(t, arrived, 1)
	})
}

// Who gives up leaves the token to the next: it comes at 100 ms, as if
// nobody else had waited for it. The error is the cause, as without a
// Throttle.
func TestThrottleTakesNoTokenForWhoGaveUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, arrived := throttled(t, 1)
		_, err := Get(t.Context(), client, page)
		assert.NoError(t, err)
		shutdown := errors.New("server is shutting down")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(unit/2, func() { cancel(shutdown) })
		_, err = Get(ctx, client, page)
		assert.ErrorIs(t, err, shutdown)
		assert.NotErrorIs(t, err, context.Canceled)
		_, err = Get(t.Context(), client, page)
		assert.NoError(t, err)
		assert.Equal(t, 0*unit, <-arrived)
		assert.Equal(t, 1*unit, <-arrived)
	})
}

// unseen is a context whose end nobody who waits has seen yet.
type unseen struct{ context.Context }

func (unseen) Done() <-chan struct{} { return nil }

// The context ends while the token comes: nothing is sent.
func TestThrottleSendsNothingAfterTheEnd(t *testing.T) {
	shutdown := errors.New("shutdown")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(shutdown)
	throttle := &Throttle{rate.NewLimiter(10, 1), trip(func(
		*http.Request,
	) (*http.Response, error) {
		t.Error("sent too late")
		return nil, io.EOF
	})}
	req, err := http.NewRequestWithContext(
		unseen{ctx}, http.MethodGet, page, nil)
	require.NoError(t, err)
	_, err = throttle.RoundTrip(req)
	assert.ErrorIs(t, err, shutdown)
}

// Who already waits behind somebody keeps the time that was given out,
// also when the one in front gives up: the token of 100 ms is lost.
func TestThrottleMovesNobodyUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, arrived := throttled(t, 1)
		_, err := Get(t.Context(), client, page)
		assert.NoError(t, err)
		ctx, cancel := context.WithCancel(t.Context())
		go Get(ctx, client, page)
		synctest.Wait() // it waits for the token of 100 ms
		time.AfterFunc(unit/2, cancel)
		_, err = Get(t.Context(), client, page)
		assert.NoError(t, err)
		assert.Equal(t, 0*unit, <-arrived)
		assert.Equal(t, 2*unit, <-arrived)
	})
}

// closing tells that it was closed.
type closing struct{ closed bool }

func (c *closing) Read([]byte) (int, error) { return 0, io.EOF }

func (c *closing) Close() error {
	c.closed = true
	return nil
}

// The context has ended, or the token would come after its deadline:
// the body is closed, and the token is there for who comes next.
func TestThrottleClosesWhatItDidNotSend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, arrived := throttled(t, 1)
		for i, want := range []string{
			"context deadline exceeded",
			"would exceed context deadline",
		} {
			limit := time.Duration(2*i-1) * unit / 2
			ctx, cancel := context.WithTimeout(t.Context(), limit)
			defer cancel()
			body := new(closing)
			req, err := http.NewRequestWithContext(
				ctx, http.MethodPost, page, body)
			assert.NoError(t, err)
			_, err = client.Do(req)
			assert.ErrorContains(t, err, want)
			assert.True(t, body.closed)
			_, err = Get(t.Context(), client, page)
			assert.NoError(t, err)
			assert.Equal(t, time.Duration(i)*unit, <-arrived)
		}
	})
}

// Without a Next, the requests go the way of a client that has no
// Transport.
func TestThrottleHasADefault(t *testing.T) {
	srv := serve()
	defer srv.Close()
	client := &http.Client{Transport: &Throttle{
		Limiter: rate.NewLimiter(10, 1),
	}}
	text, err := Get(t.Context(), client, srv.URL+"/1")
	assert.NoError(t, err)
	assert.Equal(t, "page 1", text)
}

// idle tells that its idle connections were closed.
type idle struct {
	http.RoundTripper
	closed bool
}

func (i *idle) CloseIdleConnections() { i.closed = true }

func TestThrottleLetsTheClientClose(t *testing.T) {
	next := new(idle)
	client := &http.Client{Transport: &Throttle{Next: next}}
	client.CloseIdleConnections()
	assert.True(t, next.closed)
}

// A Next of nil is http.DefaultTransport, also for closing.
func TestThrottleTakesTheDefaultTransport(t *testing.T) {
	usual := http.DefaultTransport
	defer func() { http.DefaultTransport = usual }()
	sent := false
	next := &idle{RoundTripper: trip(func(
		*http.Request,
	) (*http.Response, error) {
		sent = true
		return nil, io.EOF
	})}
	http.DefaultTransport = next
	client := &http.Client{Transport: &Throttle{
		Limiter: rate.NewLimiter(1, 1),
	}}
	_, err := client.Get(page)
	assert.ErrorIs(t, err, io.EOF)
	client.CloseIdleConnections()
	assert.True(t, sent)
	assert.True(t, next.closed)
}
