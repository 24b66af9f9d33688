package pitfalls

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Sleep ends with its context, not a moment later. If nothing ends it,
// it takes its time.
func TestSleepEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		require.NoError(t, Sleep(ctx, 59*time.Second))
		assert.Equal(t, 59*time.Second, time.Since(start))

		err := Sleep(ctx, time.Hour)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, time.Minute, time.Since(start))
	})
}

// A thousand calls of a second each, ten at a time, take 100 seconds,
// and never more than ten run.
func TestEachHoldsItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running sync.Mutex
		now, peak := 0, 0
		count := func(by int) {
			running.Lock()
			defer running.Unlock()
			now += by
			peak = max(peak, now)
		}
		start := time.Now()
		err := Each(make([]string, 1000), 10, func(string) error {
			count(1)
			defer count(-1)
			time.Sleep(time.Second)
			return nil
		})
		require.NoError(t, err)
		assert.Equal(t, 10, peak)
		assert.Equal(t, 100*time.Second, time.Since(start))
	})
}

// A limit below 1 is a limit of 1, and not a wait for ever.
func TestEachWithoutALimit(t *testing.T) {
	for _, limit := range []int{1, 0, -1} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			err := Each(make([]string, 3), limit, func(string) error {
				time.Sleep(time.Second)
				return nil
			})
			assert.NoError(t, err)
			assert.Equal(t, 3*time.Second, time.Since(start))
		})
	}
}

// The first error is the one that is returned, and ends no other call.
func TestEachReturnsTheError(t *testing.T) {
	var called []string
	err := Each([]string{"/a", "/b", "/c"}, 1, func(url string) error {
		called = append(called, url) // one at a time
		return errors.New("refused " + url)
	})
	assert.EqualError(t, err, "refused /a")
	assert.Equal(t, []string{"/a", "/b", "/c"}, called)
}

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

// Head ends the sequence: TestMain would find its goroutine.
func TestHeadOfNone(t *testing.T) {
	_, ok := Head(slices.Values([]int(nil)))
	assert.False(t, ok)
}

// Head asks for one value only.
func TestHeadTakesOne(t *testing.T) {
	first, ok := Head(func(yield func(int) bool) {
		assert.False(t, yield(7), "a second one is wanted")
	})
	assert.True(t, ok)
	assert.Equal(t, 7, first)
}

func TestRowsToTheEnd(t *testing.T) {
	assert.Equal(t, []string{"a", "b"}, slices.Collect(Rows("a", "b")))
}

// Deposit waits for a receiver without the lock, and not for ever.
func TestDepositWaitsUnlocked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var account Account
		var depositor sync.WaitGroup
		depositor.Go(func() {
			err := account.Deposit(ctx, 10, make(chan int))
			assert.ErrorIs(t, err, context.DeadlineExceeded)
			assert.ErrorIs(t, err, ErrUnheard)
		})
		synctest.Wait() // nobody receives; Deposit is waiting
		assert.Equal(t, 10, account.Balance())
		depositor.Wait()
	})
}

// A receiver is ready, and ctx ends while Deposit adds: the news comes
// too late, and the deposit stays.
func TestDepositTellsNobodyTooLate(t *testing.T) {
	gone := errors.New("caller is gone")
	for range 100 {
		ctx, cancel := context.WithCancelCause(t.Context())
		var account Account
		news := make(chan int, 1)
		// Nothing is in the account yet when Deposit looks first.
		ends := &endsAtLook{ctx, func() {
			if account.Balance() > 0 {
				cancel(gone)
			}
		}}
		err := account.Deposit(ends, 10, news)
		cancel(nil)
		require.ErrorIs(t, err, ErrUnheard)
		require.ErrorIs(t, err, gone)
		require.NotErrorIs(t, err, context.Canceled)
		require.Empty(t, news)
		require.Equal(t, 10, account.Balance())
	}
}

// endsAtLook is a context that calls look when somebody asks for its
// Err or Done.
type endsAtLook struct {
	context.Context
	look func()
}

func (c endsAtLook) Err() error {
	c.look()
	return c.Context.Err()
}

func (c endsAtLook) Done() <-chan struct{} {
	c.look()
	return c.Context.Done()
}

// The panic of one job is an error, with its stack, and the other job
// is not disturbed.
func TestRunAllSurvivesPanic(t *testing.T) {
	var saved atomic.Bool
	err := RunAll(
		func() error { panic(io.EOF) },
		func() error { saved.Store(true); return nil },
	)
	boom, ok := errors.AsType[*PanicError](err)
	require.True(t, ok)
	assert.Equal(t, io.EOF, boom.Value)
	assert.ErrorIs(t, err, io.EOF)
	assert.Contains(t, string(boom.Stack), "TestRunAllSurvivesPanic")
	assert.True(t, saved.Load())
}

// Many goroutines, one page: no visit is lost, and -race is content.
func TestHitsCountsAll(t *testing.T) {
	var hits Hits
	var visitors sync.WaitGroup
	for range 100 {
		visitors.Go(func() {
			assert.NoError(t, hits.Add(t.Context(), "/"))
		})
	}
	visitors.Wait()
	assert.Equal(t, map[string]int{"/": 100}, hits.Pages())
}
