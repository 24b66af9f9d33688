package httpclient

import (
	"context"
	"errors"
	"io"
	"net/http"
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
	ctx *context.Context, code int, b *body,
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

// A transport need not look at the context.
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
	_, err := Get(ended, client, page)
	assert.Equal(t, shutdown, err)
}

// A body that does not know the context ends when it is closed, and
// that is after cancel.
func TestDrainClosesABodyThatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		defer w.Close()
		start, cancelled := time.Now(), false
		late := waiting{r, func() { assert.True(t, cancelled) }}
		drain(late, func() { cancelled = true })
		assert.Equal(t, 50*time.Millisecond, time.Since(start))
	})
}

// A waiting body has something done before it is closed.
type waiting struct {
	*io.PipeReader
	before func()
}

func (w waiting) Close() error {
	w.before()
	return w.PipeReader.Close()
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
