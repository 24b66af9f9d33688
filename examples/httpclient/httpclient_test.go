package httpclient

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// After the last test and Example, no goroutine may be left, as one is
// by each open body.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const page = "http://example.com/page"

// A server that falls silent after half of the body: Timeout still
// counts, and ends the call after exactly 30 seconds.
func TestTimeoutCoversTheBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := serveMemory(t, halfAPage)
		client.Timeout = Client.Timeout
		start := time.Now()
		_, err := Get(t.Context(), client, page)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 30*time.Second, time.Since(start))
	})
}

// A server that falls silent after half of the body of a 500: the
// status is known, and the rest is not worth 30 seconds.
func TestAStatusDoesNotWaitForItsBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := serveMemory(t, func(
			w http.ResponseWriter, r *http.Request,
		) {
			w.WriteHeader(http.StatusInternalServerError)
			halfAPage(w, r)
		})
		start := time.Now()
		_, err := Get(t.Context(), client, page)
		assert.Equal(t, &StatusError{500}, err)
		assert.Equal(t, 50*time.Millisecond, time.Since(start))
	})
}

// zeros is a body without an end.
type zeros struct{ read int }

func (z *zeros) Read(p []byte) (int, error) {
	clear(p)
	z.read += len(p)
	return len(p), nil
}

func TestDrainIsBoundedInBytes(t *testing.T) {
	body := new(zeros)
	drain(io.NopCloser(body), func() {})
	assert.Equal(t, 64<<10+1, body.read)
}

func halfAPage(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, "half a")
	http.NewResponseController(w).Flush()
	<-r.Context().Done()
}

// A client without a Timeout waits for an hour, and would for a year.
func TestWithoutTimeoutNobodyGivesUp(t *testing.T) {
	assert.Zero(t, http.DefaultClient.Timeout)
	synctest.Test(t, func(t *testing.T) {
		client := serveMemory(t, func(
			http.ResponseWriter, *http.Request,
		) {
			time.Sleep(time.Hour)
		})
		start := time.Now()
		_, err := Get(t.Context(), client, page)
		assert.NoError(t, err)
		assert.Equal(t, time.Hour, time.Since(start))
	})
}

// Twenty calls of a second each, ten at a time: two seconds, not one
// and not twenty. One call more is a second more.
func TestFetchAllLimitsItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := serveMemory(t, func(
			http.ResponseWriter, *http.Request,
		) {
			time.Sleep(time.Second)
		})
		for n, took := range map[int]time.Duration{
			20: 2 * time.Second, 21: 3 * time.Second,
		} {
			start := time.Now()
			urls := slices.Repeat([]string{page}, n)
			pages, err := FetchAll(t.Context(), client, urls)
			assert.NoError(t, err)
			assert.Len(t, pages, n)
			assert.Equal(t, took, time.Since(start))
		}
	})
}

// One page fails at once. The call that would wait for ever is over by
// then, on the server as well.
func TestFetchAllEndsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		entered, left := make(chan bool), make(chan error, 1)
		client := serveMemory(t, func(
			w http.ResponseWriter, r *http.Request,
		) {
			if r.URL.Path == "/broken" {
				<-entered
				w.WriteHeader(http.StatusInternalServerError)
				return
			}
			close(entered)
			<-r.Context().Done()
			left <- r.Context().Err()
		})
		urls := []string{page, "http://example.com/broken"}
		start := time.Now()
		_, err := FetchAll(t.Context(), client, urls)
		assert.EqualError(t, err, "status 500 Internal Server Error")
		assert.ErrorIs(t, <-left, context.Canceled)
		assert.Zero(t, time.Since(start))
	})
}

// One page fails, and the transport of the other call does not heed the
// context. FetchAll waits for that call.
func TestFetchAllWaitsForEachCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		entered, broken := make(chan bool), errors.New("broken")
		client := &http.Client{Transport: trip(func(
			req *http.Request,
		) (*http.Response, error) {
			if req.URL.Path == "/broken" {
				<-entered
				return nil, broken
			}
			close(entered)
			time.Sleep(time.Second)
			return nil, io.EOF
		})}
		urls := []string{page, "http://example.com/broken"}
		start := time.Now()
		_, err := FetchAll(t.Context(), client, urls)
		assert.ErrorIs(t, err, broken)
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// When the caller gives up, the calls end, and with them FetchAll.
func TestFetchAllEndsWithItsCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := serveMemory(t, halfAPage)
		gone := errors.New("caller is gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(gone) })
		start := time.Now()
		pages, err := FetchAll(ctx, client, []string{page, page})
		assert.ErrorIs(t, err, gone)
		assert.Nil(t, pages)
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// A call that was cancelled fails with the cause, and not with
// context.Canceled.
func TestGetReturnsTheCause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := serveMemory(t, halfAPage)
		shutdown := errors.New("server is shutting down")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(shutdown) })
		_, err := Get(ctx, client, page)
		assert.ErrorIs(t, err, shutdown)
		assert.NotErrorIs(t, err, context.Canceled)
	})
}

// HTTP/2 has its own errors. The cause comes out all the same, be it
// before the answer or in the middle of it.
func TestGetReturnsTheCauseOverHTTP2(t *testing.T) {
	begun := make(chan bool)
	srv := httptest.NewUnstartedServer(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			assert.Equal(t, 2, r.ProtoMajor)
			if r.URL.Path == "/half" {
				fmt.Fprint(w, "half a")
				http.NewResponseController(w).Flush()
			}
			begun <- true
			<-r.Context().Done()
		}))
	srv.EnableHTTP2 = true
	srv.StartTLS()
	defer srv.Close()
	for _, path := range []string{"/none", "/half"} {
		ctx, cancel := context.WithCancelCause(t.Context())
		shutdown := errors.New("server is shutting down")
		go func() {
			<-begun
			cancel(shutdown)
		}()
		_, err := Get(ctx, srv.Client(), srv.URL+path)
		assert.ErrorIs(t, err, shutdown)
	}
}

// Get reads and closes each body, and Client keeps connections, so
// three calls in a row share one. The bubble's clock stands still while
// they wait for a socket, so drain has the time that it needs.
func TestCallsShareAConnection(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var opened atomic.Int32
		srv := httptest.NewUnstartedServer(http.NotFoundHandler())
		srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				opened.Add(1)
			}
		}
		srv.Start()
		defer srv.Close()
		for range 3 {
			_, err := Get(t.Context(), Client, srv.URL)
			assert.Equal(t, &StatusError{http.StatusNotFound}, err)
		}
		assert.EqualValues(t, 1, opened.Load())
	})
}

// aiohttp opens at most 100 connections. net/http has no limit; it only
// keeps no more than two per host for later.
func TestGoHasNoLimitOfConnections(t *testing.T) {
	transport := http.DefaultTransport.(*http.Transport)
	assert.Zero(t, transport.MaxConnsPerHost)
	assert.Zero(t, transport.MaxIdleConnsPerHost, "the default counts")
	assert.Equal(t, 2, http.DefaultMaxIdleConnsPerHost)
}

// The client of a test server takes example.com for that server, so
// code under test can keep its real address.
func TestExampleDotComIsTheServer(t *testing.T) {
	srv := serve()
	defer srv.Close()
	for _, url := range []string{
		srv.URL + "/1",
		"http://example.com/1",
		"http://www.example.com/1",
	} {
		page, err := Get(t.Context(), srv.Client(), url)
		require.NoError(t, err)
		assert.Equal(t, "page 1", page)
	}
}

// A page of the greatest size is whole; one byte more is too much.
func TestReadKnowsAPageCutOff(t *testing.T) {
	fits, err := read(bytes.NewReader(make([]byte, MaxPage)))
	require.NoError(t, err)
	assert.Len(t, fits, MaxPage)
	_, err = read(bytes.NewReader(make([]byte, MaxPage+1)))
	assert.ErrorIs(t, err, ErrTooLarge)
}

// However much the server sends, no more than that is read.
func TestReadIsBounded(t *testing.T) {
	page := bytes.NewReader(make([]byte, 2*MaxPage))
	_, err := read(page)
	assert.ErrorIs(t, err, ErrTooLarge)
	assert.Equal(t, MaxPage-1, page.Len())
}

func TestGetRejectsABadURL(t *testing.T) {
	_, err := Get(t.Context(), Client, "http://bad host/")
	assert.ErrorContains(t, err, "invalid character")
}
