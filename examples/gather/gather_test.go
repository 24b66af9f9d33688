package gather

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const unit = 100 * time.Millisecond

// watched sends on ended what error its job has returned.
func watched(job Job[int], ended chan<- error) Job[int] {
	return func(ctx context.Context) (int, error) {
		value, err := job(ctx)
		ended <- err
		return value, err
	}
}

// The slowest job finishes last but stays first in the values.
func TestAllKeepsTheOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		values, err := All(t.Context(), work(3), work(1), work(2))
		require.NoError(t, err)
		assert.Equal(t, []int{3, 1, 2}, values)
		assert.Equal(t, 3*unit, time.Since(start))
	})
}

// The failure comes after 100 ms; the job of 300 ms has ended by then,
// too.
func TestAllStopsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan error, 1)
		start := time.Now()
		values, err := All(t.Context(),
			watched(work(3), ended), lose(1))
		assert.EqualError(t, err, "connection lost")
		assert.Nil(t, values)
		assert.Equal(t, 1*unit, time.Since(start))
		require.Len(t, ended, 1)
		assert.EqualError(t, <-ended, "connection lost")
	})
}

// Settle waits 300 ms although another job failed at once.
func TestSettleLetsTheOthersFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		results := Settle(t.Context(), work(3), refuse, work(1))
		assert.Equal(t, 3*unit, time.Since(start))
		assert.Equal(t, Result[int]{Index: 0, Value: 3}, results[0])
		assert.EqualError(t, results[1].Err, "connection refused")
		assert.Equal(t, Result[int]{Index: 2, Value: 1}, results[2])
	})
}

// Settle cancels nobody, but its caller can.
func TestSettleEndsWithItsContext(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	results := Settle(ctx, work(1), work(2))
	assert.Equal(t, gone, results[0].Err)
	assert.Equal(t, gone, results[1].Err)
}

func TestFirstStopsAndJoinsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := make(chan error, 3)
		start := time.Now()
		first, err := First(t.Context(),
			watched(work(3), ended),
			watched(work(1), ended),
			watched(work(2), ended),
		)
		require.NoError(t, err)
		assert.Equal(t, Result[int]{Index: 1, Value: 1}, first)
		assert.Equal(t, 1*unit, time.Since(start))

		// All three are gone: one has finished, two were cancelled.
		require.Len(t, ended, 3)
		assert.NoError(t, <-ended)
		assert.ErrorIs(t, <-ended, context.Canceled)
		assert.ErrorIs(t, <-ended, context.Canceled)
	})
}

// The others clean up for an hour, for two, and so on. First returns
// when all of them have done so.
func TestFirstWaitsForEveryCleanUp(t *testing.T) {
	jobs := []Job[int]{work(1)}
	for hours := range time.Duration(many) {
		jobs = append(jobs, func(ctx context.Context) (int, error) {
			<-ctx.Done()
			time.Sleep((hours + 1) * time.Hour)
			return 0, context.Cause(ctx)
		})
	}
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		first, err := First(t.Context(), jobs...)
		require.NoError(t, err)
		assert.Equal(t, Result[int]{Value: 1}, first)
		assert.Equal(t, 1*unit+many*time.Hour, time.Since(start))
	})
}

// The first to finish may be a failure; First does not look for a
// success.
func TestFirstTakesAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first, err := First(t.Context(), work(1), refuse)
		require.NoError(t, err)
		assert.EqualError(t, first.Err, "connection refused")
	})
}

func TestFirstOfNothing(t *testing.T) {
	_, err := First[int](t.Context())
	assert.ErrorIs(t, err, ErrNoJobs)
}

// An ended context is no Result: no job has begun.
func TestFirstWithoutACaller(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	first, err := First(ctx, work(1), work(2))
	assert.Equal(t, gone, err)
	assert.Zero(t, first)
}

// At the timeout one job is pending. It finishes 100 ms later, and
// would have been cancelled only by its context.
func TestWaitCancelsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		done, pending := Wait(t.Context(), 3*unit,
			work(1), work(2), work(4))
		assert.Equal(t, 3*unit, time.Since(start))
		assert.Equal(t, []Result[int]{
			{Index: 0, Value: 1},
			{Index: 1, Value: 2},
		}, done)

		assert.Equal(t, Result[int]{Index: 2, Value: 4}, <-pending)
		assert.Equal(t, 4*unit, time.Since(start))
	})
}

// When the last job is in, Wait returns without the rest of the time.
// The quicker one comes first, and nothing is left on pending, which is
// not closed either.
func TestWaitReturnsEarly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		done, pending := Wait(t.Context(), 9*unit, work(2), work(1))
		assert.Equal(t, 2*unit, time.Since(start))
		assert.Equal(t, []Result[int]{
			{Index: 1, Value: 1},
			{Index: 0, Value: 2},
		}, done)
		synctest.Wait() // for the goroutines of the jobs
		select {
		case r, open := <-pending:
			t.Error("received", r, open)
		default:
		}
	})
}

// A pending job ends with its context, although nobody receives its
// result: the channel has room for it.
func TestWaitLeaksNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("caller is gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		ended := make(chan error, 1)
		_, _ = Wait(ctx, 1*unit, watched(work(9), ended))
		cancel(gone)
		assert.ErrorIs(t, <-ended, gone)
	})
}
