package pitfalls

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// No job is lost, however many workers there are, and TestMain sees all
// goroutines gone.
func TestWorkDoesEveryJob(t *testing.T) {
	jobs := make([]string, 100)
	for i := range jobs {
		jobs[i] = fmt.Sprintf("job %02d", i)
	}
	same := func(job string) (string, error) { return job, nil }
	for _, workers := range []int{-1, 0, 1, 3, 200} {
		done, err := Work(jobs, workers, same)
		require.NoError(t, err)
		slices.Sort(done)
		assert.Equal(t, jobs, done, "%d workers", workers)
	}
	done, err := Work(nil, 3, same)
	assert.NoError(t, err)
	assert.Empty(t, done)
}

// Three workers at a time, and a second for each of nine jobs.
func TestWorkHasItsWorkers(t *testing.T) {
	for n, want := range map[int]time.Duration{0: 9, 1: 9, 3: 3} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			_, err := Work(make([]string, 9), n,
				func(string) (string, error) {
					time.Sleep(time.Second)
					return "", nil
				})
			assert.NoError(t, err)
			assert.Equal(t, want*time.Second, time.Since(start))
		})
	}
}

// The results stand in the order in which they came, which is not that
// of the jobs, and not that of the texts.
func TestWorkReturnsWhatCameFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		takes := map[string]time.Duration{"a": 3, "b": 1, "c": 2}
		done, err := Work([]string{"b", "a", "c"}, 3,
			func(job string) (string, error) {
				time.Sleep(takes[job] * time.Second)
				return job, nil
			})
		assert.NoError(t, err)
		assert.Equal(t, []string{"b", "c", "a"}, done)
	})
}

// A job that fails has no result, and takes none from the others.
func TestWorkKeepsEveryFailure(t *testing.T) {
	jobs := []string{"a", "", "b", ""}
	empty := errors.New("no job")
	done, err := Work(jobs, 1, func(job string) (string, error) {
		if job == "" {
			return "lost", empty
		}
		return job, nil
	})
	assert.Equal(t, []string{"a", "b"}, done)
	assert.EqualError(t, err, "no job\nno job")
}

// However many jobs fail, their errors are one flat list.
func TestWorkJoinsItsErrorsOnce(t *testing.T) {
	failed := errors.New("failed")
	_, err := Work(make([]string, 100), 3,
		func(string) (string, error) { return "", failed })
	joined, ok := err.(interface{ Unwrap() []error })
	require.True(t, ok)
	assert.Equal(t, slices.Repeat([]error{failed}, 100),
		joined.Unwrap())
}

// There is no worker without a job: for one job, ten thousand workers
// cost what one costs. A worker more would be two allocations more.
func TestWorkStartsNoMoreThanItNeeds(t *testing.T) {
	same := func(job string) (string, error) { return job, nil }
	cost := func(workers int) float64 {
		return testing.AllocsPerRun(100, func() {
			_, _ = Work([]string{"copy"}, workers, same)
		})
	}
	assert.Less(t, cost(10_000), cost(1)+2)
}

// A job that exits is a failure, and no worker is lost with it.
func TestWorkSurvivesAnExit(t *testing.T) {
	jobs := []string{"exit", "exit", "a", "b"}
	done, err := Work(jobs, 2, func(job string) (string, error) {
		if job == "exit" {
			runtime.Goexit()
		}
		return job, nil
	})
	slices.Sort(done)
	assert.Equal(t, []string{"a", "b"}, done)
	assert.ErrorIs(t, err, ErrExited)
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

// A sender whose receiver has gone ends with its context, when there is
// no more room for the next number.
func TestCountEndsWhileNobodyReceives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		numbers := make(chan int, 100)
		start := time.Now()
		Count(ctx, numbers)
		assert.Equal(t, time.Second, time.Since(start))
		next := 0
		for n := range numbers {
			assert.Equal(t, next, n)
			next++
		}
		assert.Equal(t, 100, next)
	})
}
