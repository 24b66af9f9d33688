package pitfalls

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
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

func TestEachReturnsTheError(t *testing.T) {
	refused := errors.New("refused")
	err := Each([]string{"/a", "/b"}, 1, func(string) error {
		return refused
	})
	assert.ErrorIs(t, err, refused)
}

// Whatever the answer is, Get gives the connection back: a client that
// may have only one gets every answer.
func TestGetGivesTheConnectionBack(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/missing" {
				w.WriteHeader(http.StatusNotFound)
			}
			io.WriteString(w, "hello")
		}))
	defer srv.Close()
	client := srv.Client()
	client.Transport.(*http.Transport).MaxConnsPerHost = 1
	client.Timeout = 10 * time.Second // or a mistake would hang

	_, err := Get(t.Context(), client, srv.URL+"/missing")
	require.ErrorContains(t, err, "404 Not Found")
	body, err := Get(t.Context(), client, srv.URL)
	require.NoError(t, err)
	assert.Equal(t, "hello", string(body))
}

func TestGetReportsFailure(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Get(ctx, http.DefaultClient, "http://example.com")
	assert.ErrorIs(t, err, context.Canceled)
	_, err = Get(ctx, http.DefaultClient, ":")
	assert.ErrorContains(t, err, "missing protocol scheme")
}

// First ends the sequence: TestMain would find its goroutine.
func TestFirstOfNone(t *testing.T) {
	_, ok := First(slices.Values([]int(nil)))
	assert.False(t, ok)
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
		})
		synctest.Wait() // nobody receives; Deposit is waiting
		assert.Equal(t, 10, account.Balance())
		depositor.Wait()
	})
}

// The panic of one task is an error, with its stack, and the other task
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
	assert.Contains(t, string(boom.Stack), "TestRunAllSurvivesPanic")
	assert.True(t, saved.Load())
}

// No job is lost, however many workers there are, and TestMain sees all
// goroutines gone.
func TestWorkDoesEveryJob(t *testing.T) {
	jobs := make([]string, 100)
	for i := range jobs {
		jobs[i] = fmt.Sprintf("job %02d", i)
	}
	same := func(job string) string { return job }
	for _, workers := range []int{-1, 1, 3, 200} {
		done := Work(jobs, workers, same)
		slices.Sort(done)
		assert.Equal(t, jobs, done, "%d workers", workers)
	}
	assert.Empty(t, Work(nil, 3, same))
}

// The sender leaves and closes, even when nobody receives.
func TestCountStopsUnheard(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	numbers := make(chan int)
	cancel()
	Count(ctx, numbers)
	_, open := <-numbers
	assert.False(t, open)
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
