package httpclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// The cause comes out in any case: over HTTP/1 and HTTP/2, before the
// answer or in the middle of it, after a cancellation or a deadline.
func TestGetReturnsTheCauseInAnyCase(t *testing.T) {
	gone := errors.New("caller is gone")
	ends := []func(context.Context) (context.Context, func()){
		func(ctx context.Context) (context.Context, func()) {
			ctx, cancel := context.WithCancelCause(ctx)
			time.AfterFunc(time.Second, func() { cancel(gone) })
			return ctx, func() { cancel(nil) }
		},
		func(ctx context.Context) (context.Context, func()) {
			return context.WithTimeoutCause(ctx, time.Second, gone)
		},
	}
	for major := 1; major <= 2; major++ {
		speak := new(http.Protocols)
		speak.SetHTTP1(major == 1)
		speak.SetUnencryptedHTTP2(major == 2)
		for _, path := range []string{"/none", "/half"} {
			for _, end := range ends {
				synctest.Test(t, func(t *testing.T) {
					client := serveOver(t, speak, silentAt(t, major))
					ctx, cancel := end(t.Context())
					defer cancel()
					url := "http://example.com" + path
					_, err := Get(ctx, client, url)
					assert.ErrorIs(t, err, gone)
					assert.NotErrorIs(t, err, ctx.Err())
				})
			}
		}
	}
}

// silentAt expects a version of HTTP, and falls silent at once, or
// after half of a page.
func silentAt(t *testing.T, major int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, major, r.ProtoMajor)
		if r.URL.Path == "/half" {
			fmt.Fprint(w, "half a")
			http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
	}
}

// A transport that has read the answer may end the context with which
// it has sent the request: the page is whole.
func TestGetTakesWhatATransportHasRead(t *testing.T) {
	client := &http.Client{Transport: trip(func(
		req *http.Request,
	) (*http.Response, error) {
		ctx, cancel := context.WithCancel(req.Context())
		defer cancel()
		return &http.Response{
			StatusCode: http.StatusOK,
			Body:       io.NopCloser(strings.NewReader("hello")),
			Request:    req.WithContext(ctx),
		}, nil
	})}
	for _, client.Timeout = range []time.Duration{-1, 0, time.Hour} {
		got, err := Get(t.Context(), client, page)
		assert.NoError(t, err)
		assert.Equal(t, "hello", string(got))
	}
}
