package timeouts

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"github.com/awaitless/awaitless/internal/rules"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const unit = 100 * time.Millisecond

// The work needs 5 s and gets 2. It ends after exactly 2.
func TestWorkEndsAtItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		start := time.Now()
		_, err := Work(ctx, 5*time.Second)
		assert.Equal(t, context.DeadlineExceeded, err)
		assert.Equal(t, 2*time.Second, time.Since(start))
	})
}

func TestWorkWithinItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*unit)
		defer cancel()
		result, err := Work(ctx, 1*unit)
		require.NoError(t, err)
		assert.Equal(t, "completed", result)
	})
}

// A child may ask for an hour; it gets what its parent has left.
func TestTheEarliestLimitWins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		parent, cancel := context.WithTimeout(t.Context(), 1*unit)
		defer cancel()
		child, cancel := context.WithTimeout(parent, time.Hour)
		defer cancel()
		start := time.Now()
		_, err := Work(child, time.Minute)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 1*unit, time.Since(start))
	})
}

// asked counts the calls of its context's Done.
type asked struct {
	context.Context
	times *int
}

func (a asked) Done() <-chan struct{} {
	*a.times++
	return a.Context.Done()
}

// beat asks for Done in each round: in none if it comes too late, and
// in one if its timer and the end are both there.
func TestBeatBeginsNothingAfterTheEnd(t *testing.T) {
	ended, cancel := context.WithCancelCause(t.Context())
	cancel(rules.ErrEnded)
	for range 20 { // it prints each time
		synctest.Test(t, func(t *testing.T) {
			begun := 0
			err := beat(asked{ended, &begun})
			require.Equal(t, rules.ErrEnded, err)
			require.Zero(t, begun)
			err = beat(asked{rules.EndsLate(t), &begun})
			require.Equal(t, rules.ErrEnded, err)
			require.Equal(t, 1, begun)
		})
	}
}

// When Stop returns, the worker has cleaned up. That is so even if it
// takes an hour.
func TestStopWaitsForTheCleanUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		cleaned := false
		clean := func(ctx context.Context) error {
			defer func() {
				time.Sleep(time.Hour)
				cleaned = true
			}()
			<-ctx.Done()
			return context.Cause(ctx)
		}
		worker := StartWorker(t.Context(), clean)
		synctest.Wait() // it has begun
		shutdown := errors.New("shutting down")
		start := time.Now()
		assert.Equal(t, shutdown, worker.Stop(shutdown))
		assert.True(t, cleaned)
		assert.Equal(t, time.Hour, time.Since(start))
	})
}

// A worker that is done keeps its error; Stop has nothing to stop.
func TestStopAfterTheEnd(t *testing.T) {
	broken := errors.New("broken")
	worker := StartWorker(t.Context(),
		func(context.Context) error { return broken })
	worker.running.Wait()
	assert.Equal(t, broken, worker.Stop(errors.New("shutting down")))
	assert.Equal(t, broken, worker.Stop(nil), "and again")
}

// A worker may end well, and then Stop has no error, whatever the cause
// was. Each of two callers waits until it is gone.
func TestStopReturnsWhatTheWorkerReturns(t *testing.T) {
	for _, cause := range []error{nil, errors.New("shutting down")} {
		synctest.Test(t, func(t *testing.T) {
			worker := StartWorker(t.Context(),
				func(ctx context.Context) error {
					<-ctx.Done()
					time.Sleep(time.Hour)
					return nil
				})
			synctest.Wait() // it has begun
			start := time.Now()
			var both sync.WaitGroup
			for range 2 {
				both.Go(func() {
					assert.NoError(t, worker.Stop(cause))
					assert.Equal(t, time.Hour, time.Since(start))
				})
			}
			both.Wait()
		})
	}
}

// A worker that ends by itself holds on to nothing: its context has
// been cancelled, too.
func TestTheEndFreesTheContext(t *testing.T) {
	var inside context.Context
	worker := StartWorker(t.Context(),
		func(ctx context.Context) error {
			inside = ctx
			return nil
		})
	worker.running.Wait()
	assert.ErrorIs(t, inside.Err(), context.Canceled)
}

// The caller is free after 200 ms. The function runs on for an hour,
// and nothing can stop it.
func TestAbandonLeavesTheFunctionRunning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*unit)
		defer cancel()
		ended := make(chan struct{})
		start := time.Now()
		_, err := Abandon(ctx, func() (int, error) {
			defer close(ended)
			time.Sleep(time.Hour)
			return 7, nil
		})
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 2*unit, time.Since(start))
		<-ended
		assert.Equal(t, time.Hour, time.Since(start))
	})
}

func TestAbandonReturnsTheResult(t *testing.T) {
	value, err := Abandon(t.Context(), func() (int, error) {
		return 7, io.ErrUnexpectedEOF
	})
	assert.Equal(t, 7, value)
	assert.Equal(t, io.ErrUnexpectedEOF, err)
}

func TestReadAllReadsToTheEnd(t *testing.T) {
	all := strings.Repeat("all of it", 1000)
	r := io.NopCloser(strings.NewReader(all))
	data, err := ReadAll(t.Context(), r)
	require.NoError(t, err)
	assert.Equal(t, all, string(data))
}

// ctx goes on, so the error is that of the reader.
func TestReadAllReturnsTheErrorOfTheReader(t *testing.T) {
	lost := errors.New("connection lost")
	r := io.MultiReader(
		strings.NewReader("half"), iotest.ErrReader(lost))
	data, err := ReadAll(t.Context(), io.NopCloser(r))
	assert.Equal(t, lost, err)
	assert.Equal(t, "half", string(data))
}

// A connection's deadline is not the deadline of a context.
func TestTwoKindsOfDeadline(t *testing.T) {
	here, there := net.Pipe()
	defer here.Close()
	defer there.Close()
	require.NoError(t, here.SetReadDeadline(time.Unix(1, 0)))
	_, err := here.Read(make([]byte, 1))
	assert.ErrorIs(t, err, os.ErrDeadlineExceeded)
	assert.NotErrorIs(t, err, context.DeadlineExceeded)
}

// A context that has ended closes the reader as well.
func TestReadAllClosesWhenItIsTooLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended, cancel := context.WithCancel(t.Context())
		cancel()
		r, w := io.Pipe()
		_, err := ReadAll(ended, r)
		assert.ErrorIs(t, err, context.Canceled)
		synctest.Wait()
		_, err = w.Write([]byte("late"))
		assert.ErrorIs(t, err, io.ErrClosedPipe)
	})
}
