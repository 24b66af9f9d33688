package pitfalls

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A body tells whether it was closed.
type body struct {
	io.Reader
	closed bool
}

func (b *body) Close() error {
	b.closed = true
	return nil
}

// A trip is a transport that is a function.
type trip func(*http.Request) (*http.Response, error)

func (f trip) RoundTrip(req *http.Request) (*http.Response, error) {
	return f(req)
}

// Whatever the status is, Get closes the body.
func TestGetClosesTheBody(t *testing.T) {
	for _, status := range []int{200, 201, 304, 404, 500} {
		body := &body{Reader: strings.NewReader("hello")}
		client := &http.Client{Transport: trip(
			func(*http.Request) (*http.Response, error) {
				return &http.Response{
					StatusCode: status, Body: body,
				}, nil
			})}
		_, err := Get(t.Context(), client, "http://example.com")
		assert.Equal(t, status == 200, err == nil)
		assert.True(t, body.closed)
	}
}

// A body that is too long is cut off, and its rest is not read. That of
// an error is not read at all.
func TestGetIsBounded(t *testing.T) {
	for status, read := range map[int]int{200: maxBody, 500: 0} {
		sent := strings.NewReader(strings.Repeat("a", 2*maxBody))
		client := &http.Client{Transport: trip(
			func(*http.Request) (*http.Response, error) {
				return &http.Response{
					StatusCode: status, Body: &body{Reader: sent},
				}, nil
			})}
		all, err := Get(t.Context(), client, "http://example.com")
		assert.Equal(t, status == 200, err == nil)
		assert.Len(t, all, read)
		assert.Equal(t, 2*maxBody-read, sent.Len())
	}
}

// Whatever the answer is, Get frees the connection: a client that may
// have only one gets every answer.
func TestGetFreesTheConnection(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			assert.Equal(t, http.MethodGet, r.Method)
			if r.URL.Path == "/missing" {
				w.WriteHeader(http.StatusNotFound)
			}
			io.WriteString(w, "hello")
		}))
	defer srv.Close()
	client := srv.Client()
	client.Transport.(*http.Transport).MaxConnsPerHost = 1

	_, err := Get(t.Context(), client, srv.URL+"/missing")
	require.ErrorContains(t, err, "404 Not Found")
	// Only the second call: it must not be the end of the first that
	// frees the connection.
	client.Timeout = 10 * time.Second
	body, err := Get(t.Context(), client, srv.URL)
	require.NoError(t, err)
	assert.Equal(t, "hello", string(body))
}

func TestGetRejectsABadURL(t *testing.T) {
	_, err := Get(t.Context(), http.DefaultClient, ":")
	assert.ErrorContains(t, err, "missing protocol scheme")
}

// When ctx has ended, nothing is sent, and the cause goes first.
func TestGetLooksFirst(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	client := &http.Client{Transport: trip(
		func(*http.Request) (*http.Response, error) {
			t.Error("sent too late")
			return nil, io.EOF
		})}
	for _, url := range []string{"http://example.com", ":"} {
		_, err := Get(ctx, client, url)
		assert.Equal(t, gone, err)
	}
}

// The context ends in the middle of the body: Get returns the cause,
// and an error that has nothing to do with it stays as it is.
func TestGetReportsHalfABody(t *testing.T) {
	gone := errors.New("caller is gone")
	broken := errors.New("broken")
	caller, cancel := context.WithCancelCause(t.Context())
	defer cancel(nil)
	for _, want := range []error{broken, gone} {
		client := &http.Client{Transport: trip(func(
			req *http.Request,
		) (*http.Response, error) {
			read := failing(func() error {
				if want == gone {
					cancel(gone)
					return req.Context().Err()
				}
				return want
			})
			return &http.Response{
				StatusCode: http.StatusOK, Body: &body{Reader: read},
			}, nil
		})}
		client.Timeout = time.Hour // the caller's end comes before
		_, err := Get(caller, client, "http://example.com")
		assert.Equal(t, want, err)
	}
}

// A server may answer a hang-up, with a status or with the end of half
// a body. Get takes that for no answer, also at the client's Timeout.
func TestGetTakesNoAnswerToAHangUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("caller is gone")
		for _, late := range []string{"answer", "body"} {
			client := &http.Client{Transport: trip(func(
				req *http.Request,
			) (*http.Response, error) {
				if late == "answer" {
					<-req.Context().Done()
				}
				status := http.StatusOK
				if req.Context().Err() != nil {
					status = http.StatusInternalServerError
				}
				read := failing(func() error {
					<-req.Context().Done()
					return io.EOF
				})
				return &http.Response{
					StatusCode: status, Body: &body{Reader: read},
					Request: req,
				}, nil
			})}
			ctx, cancel := context.WithCancelCause(t.Context())
			time.AfterFunc(time.Second, func() { cancel(gone) })
			_, err := Get(ctx, client, "http://example.com")
			assert.Equal(t, gone, err)

			client.Timeout = time.Second
			_, err = Get(t.Context(), client, "http://example.com")
			assert.ErrorIs(t, err, context.DeadlineExceeded)
		}
	})
}

// failing is a Reader that fails.
type failing func() error

func (f failing) Read([]byte) (int, error) { return 0, f() }

// A panic while the body is read closes it, and ends the context that
// holds the client's limit.
func TestGetClosesTheBodyAfterAPanic(t *testing.T) {
	var ctx context.Context
	body := &body{Reader: failing(func() error { panic("boom") })}
	client := &http.Client{Transport: trip(func(
		req *http.Request,
	) (*http.Response, error) {
		ctx = req.Context()
		return &http.Response{
			StatusCode: http.StatusOK, Body: body,
		}, nil
	}), Timeout: time.Hour}
	assert.PanicsWithValue(t, "boom", func() {
		_, _ = Get(t.Context(), client, "http://example.com")
	})
	assert.True(t, body.closed)
	assert.ErrorIs(t, ctx.Err(), context.Canceled)
}

// The page says so.
func TestABodyMayHaveAMegabyte(t *testing.T) {
	assert.Equal(t, 1<<20, maxBody)
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
		got, err := Get(t.Context(), client, "http://example.com")
		assert.NoError(t, err)
		assert.Equal(t, "hello", string(got))
	}
}

// An answer that comes with the end of ctx has a body to close, too.
func TestGetClosesABodyThatComesTooLate(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	late := &body{Reader: strings.NewReader("late")}
	client := &http.Client{Transport: trip(
		func(req *http.Request) (*http.Response, error) {
			cancel()
			return &http.Response{StatusCode: http.StatusOK,
				Body: late, Request: req}, nil
		})}
	_, err := Get(ctx, client, "http://example.com")
	assert.Equal(t, context.Canceled, err)
	assert.True(t, late.closed)
}
