package httpclient

import (
	"context"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// A body is that of an answer, for tests: read is its Read.
type body struct {
	read   func([]byte) (int, error)
	closed bool
}

func (b *body) Read(p []byte) (int, error) { return b.read(p) }

func (b *body) Close() error {
	b.closed = true
	return nil
}

// answering is a client that gets this answer to each request. It keeps
// the context of the last one in *ctx.
func answering(
	ctx *context.Context, code int, b io.ReadCloser,
) *http.Client {
	return &http.Client{Transport: trip(func(
		req *http.Request,
	) (*http.Response, error) {
		*ctx = req.Context()
		return &http.Response{StatusCode: code, Body: b}, nil
	})}
}

// Whatever the status is, the body is closed, also after a panic while
// it is read; and the context of the request has ended.
func TestGetClosesTheBody(t *testing.T) {
	for _, code := range []int{http.StatusOK, http.StatusNotFound} {
		var ctx context.Context
		b := &body{read: func([]byte) (int, error) { panic("boom") }}
		assert.PanicsWithValue(t, "boom", func() {
			_, _ = Get(t.Context(), answering(&ctx, code, b), page)
		})
		assert.True(t, b.closed)
		assert.ErrorIs(t, ctx.Err(), context.Canceled)
	}
}

// Whatever else came, even with a page, is not 200 OK.
func TestGetWantsOK(t *testing.T) {
	for _, code := range []int{201, 204, 206, 304, 404, 503} {
		b := &body{read: func([]byte) (int, error) {
			return 0, io.EOF
		}}
		client := answering(new(context.Context), code, b)
		_, err := Get(t.Context(), client, page)
		assert.Equal(t, &StatusError{code}, err)
	}
}

// The context ends in the middle of the body. Whatever Read makes of
// that, Get returns the cause.
func TestGetReturnsTheCauseOfHalfAPage(t *testing.T) {
	shutdown := errors.New("shutdown")
	caller, cancel := context.WithCancelCause(t.Context())
	var ctx context.Context
	b := &body{read: func([]byte) (int, error) {
		cancel(shutdown)
		<-ctx.Done()
		return 0, ctx.Err()
	}}
	client := answering(&ctx, http.StatusOK, b)
	_, err := Get(caller, client, page)
	assert.Equal(t, shutdown, err)
}

// Half a page may look whole: the peer of a TLS connection answers a
// hang-up with an end of its own. After the end of the context, or of
// the client's Timeout, Get takes no page for whole.
func TestGetTakesNoHalfForAPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var req *http.Request
		says := true // the answer says what it is the answer to
		client := &http.Client{Transport: trip(func(
			r *http.Request,
		) (*http.Response, error) {
			req = r
			b := &body{read: func(p []byte) (int, error) {
				<-req.Context().Done()
				return copy(p, "half"), io.EOF
			}}
			resp := &http.Response{StatusCode: http.StatusOK, Body: b}
			if says {
				resp.Request = req
			}
			return resp, nil
		})}
		gone := errors.New("caller is gone")
		for _, says = range []bool{false, true} {
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(time.Second, func() { cancel(gone) })
			_, err := Get(ctx, client, page)
			assert.Equal(t, gone, err)
		}
		client.Timeout = time.Second
		_, err := Get(t.Context(), client, page)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

// A body that fails by itself is no page. Get says how it failed, also
// if the context ends just then.
func TestGetReportsABrokenBody(t *testing.T) {
	for _, ends := range []bool{false, true} {
		ctx, cancel := context.WithCancel(t.Context())
		b := &body{read: func(p []byte) (int, error) {
			if ends {
				cancel()
			}
			return copy(p, "half"), io.ErrUnexpectedEOF
		}}
		client := answering(new(context.Context), http.StatusOK, b)
		half, err := Get(ctx, client, page)
		assert.Equal(t, io.ErrUnexpectedEOF, err)
		assert.Empty(t, half)
		cancel()
	}
}

// A server may answer a hang-up with a status of its own. Get takes it
// for no answer to the request.
func TestGetTakesNoAnswerToAHangUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &body{read: func([]byte) (int, error) {
			t.Error("read after the end")
			return 0, io.EOF
		}}
		client := &http.Client{Transport: trip(func(
			req *http.Request,
		) (*http.Response, error) {
			<-req.Context().Done()
			return &http.Response{
				StatusCode: http.StatusInternalServerError,
				Body:       b, Request: req,
			}, nil
		})}
		gone := errors.New("caller is gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(gone) })
		_, err := Get(ctx, client, page)
		assert.Equal(t, gone, err)
		assert.True(t, b.closed)

		client.Timeout = time.Second
		_, err = Get(t.Context(), client, page)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
	})
}

// A transport need not look at the context. A limit of the client has
// the caller's context above it.
func TestGetLooksFirst(t *testing.T) {
	shutdown := errors.New("shutdown")
	ended, cancel := context.WithCancelCause(t.Context())
	cancel(shutdown)
	client := &http.Client{Transport: trip(func(
		*http.Request,
	) (*http.Response, error) {
		t.Error("sent too late")
		return nil, io.EOF
	})}
	for _, client.Timeout = range []time.Duration{0, time.Hour} {
		_, err := Get(ended, client, page)
		assert.Equal(t, shutdown, err)
	}
}

// A body that knows the context is closed when its Read is over, and
// not meanwhile: a Close may give away what Read works with.
func TestGetClosesNoBodyThatIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ctx context.Context
		var reading atomic.Bool
		b := &body{read: func([]byte) (int, error) {
			reading.Store(true)
			defer reading.Store(false)
			<-ctx.Done()
			time.Sleep(time.Millisecond) // cleans up
			return 0, ctx.Err()
		}}
		late := closes{b, func() { assert.False(t, reading.Load()) }}
		client := answering(&ctx, http.StatusNotFound, late)
		start := time.Now()
		_, err := Get(t.Context(), client, page)
		assert.Equal(t, &StatusError{http.StatusNotFound}, err)
		assert.Equal(t, 51*time.Millisecond, time.Since(start))
		assert.True(t, b.closed)
	})
}

// A body that does not know the context ends when it is closed, and
// that is after cancel.
func TestDrainClosesABodyThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		defer w.Close()
		start, cancelled := time.Now(), make(chan bool, 1)
		late := closes{r, func() { assert.Len(t, cancelled, 1) }}
		drain(late, func() { cancelled <- true })
		assert.Equal(t, 100*time.Millisecond, time.Since(start))
	})
}

// A body that closes has something done before.
type closes struct {
	io.ReadCloser
	before func()
}

func (c closes) Close() error {
	c.before()
	return c.ReadCloser.Close()
}

// What drain has read in time is left alone afterwards, also when the
// body panics.
func TestDrainIsOverWhenItReturns(t *testing.T) {
	for _, end := range []func(){func() {}, func() { panic("boom") }} {
		synctest.Test(t, func(t *testing.T) {
			b := &body{read: func([]byte) (int, error) {
				end()
				return 0, io.EOF
			}}
			func() {
				defer func() { _ = recover() }()
				drain(b, func() { t.Error("cancelled too late") })
			}()
			time.Sleep(time.Hour)
			assert.False(t, b.closed, "closed too late")
		})
	}
}

// The page says so.
func TestAPageMayHaveAMegabyte(t *testing.T) {
	assert.Equal(t, 1<<20, MaxPage)
}
