package gather

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// many is more than any room or limit that tests of two or three would
// leave unnoticed.
const many = 100

// numbered returns many jobs of 100 ms, which return 0, 1, 2, …
func numbered() (jobs []Job[int], values []int) {
	for i := range many {
		jobs = append(jobs, func(ctx context.Context) (int, error) {
			_, err := work(1)(ctx)
			return i, err
		})
		values = append(values, i)
	}
	return jobs, values
}

// All of them run side by side: none waits until another has ended. The
// slice is the caller's, who may use it again.
func TestManyRunAtTheSameTime(t *testing.T) {
	jobs, want := numbered()
	for name, run := range map[string]func(*testing.T){
		"All": func(t *testing.T) {
			values, err := All(t.Context(), jobs...)
			require.NoError(t, err)
			assert.Equal(t, want, values)
		},
		"Settle": func(t *testing.T) {
			results := Settle(t.Context(), jobs...)
			require.Len(t, results, many)
			for i, r := range results {
				assert.Equal(t, Result[int]{Index: i, Value: i}, r)
			}
		},
		"First": func(t *testing.T) {
			first, err := First(t.Context(), jobs...)
			require.NoError(t, err)
			assert.Equal(t, first.Index, first.Value)
		},
		"Wait": func(t *testing.T) {
			done, _ := Wait(t.Context(), time.Hour, jobs...)
			require.Len(t, done, many)
			for _, r := range done {
				assert.Equal(t, r.Index, r.Value)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				run(t)
				assert.Equal(t, unit, time.Since(start))
			})
			for _, job := range jobs {
				require.NotNil(t, job)
			}
		})
	}
}

// The caller's end comes while the job runs. What the job makes of it
// is its own affair: a value stays, and an error says more than the
// cause.
func TestTheJobHasTheLastWord(t *testing.T) {
	for _, want := range []error{nil, errors.New("half of it sent")} {
		job := func() (context.Context, Job[int]) {
			ctx, cancel := context.WithCancel(t.Context())
			return ctx, func(context.Context) (int, error) {
				cancel()
				return 7, want
			}
		}
		ctx, last := job()
		values, err := All(ctx, last)
		assert.Equal(t, want, err)
		if want == nil {
			assert.Equal(t, []int{7}, values)
		}
		ctx, last = job()
		assert.Equal(t, want, Settle(ctx, last)[0].Err)
		ctx, last = job()
		first, err := First(ctx, last)
		assert.NoError(t, err)
		assert.Equal(t, want, first.Err)
		ctx, last = job()
		done, _ := Wait(ctx, time.Hour, last)
		assert.Equal(t, want, done[0].Err)
	}
}

// Both jobs bring a value. First returns one of them, All none if it
// returns an error, and Settle both.
func TestWhoDropsAValue(t *testing.T) {
	var both sync.WaitGroup
	bring := func(err error) Job[int] {
		return func(context.Context) (int, error) {
			both.Done()
			both.Wait()
			return 7, err
		}
	}
	both.Add(2)
	first, err := First(t.Context(), bring(nil), bring(nil))
	require.NoError(t, err)
	assert.Equal(t, 7, first.Value)

	lost := errors.New("lost")
	both.Add(2)
	values, err := All(t.Context(), bring(nil), bring(lost))
	assert.Equal(t, lost, err)
	assert.Nil(t, values)

	both.Add(2)
	for _, r := range Settle(t.Context(), bring(nil), bring(lost)) {
		assert.Equal(t, 7, r.Value)
	}
}

// One job fails at once, and another takes an hour to notice. Neither
// All nor Settle returns before it.
func TestTheLastJobIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := 0
		slow := func(context.Context) (int, error) {
			time.Sleep(time.Hour)
			ended++
			return 1, nil
		}
		jobs := []Job[int]{lose(1), slow}
		_, err := All(t.Context(), jobs...)
		assert.EqualError(t, err, "connection lost")
		assert.Equal(t, 1, ended)

		results := Settle(t.Context(), jobs...)
		assert.EqualError(t, results[0].Err, "connection lost")
		assert.Equal(t, 1, results[1].Value)
		assert.Equal(t, 2, ended)
	})
}

// The second job fails first. When the first one is cancelled, it may
// bring a value or fail in its own words: neither All nor First returns
// that instead.
func TestWhatComesLaterChangesNothing(t *testing.T) {
	lost := errors.New("lost")
	for _, late := range []error{nil, errors.New("rollback failed")} {
		jobs := func() []Job[int] {
			begun := make(chan struct{})
			return []Job[int]{
				func(ctx context.Context) (int, error) {
					close(begun)
					<-ctx.Done()
					return 7, late
				},
				func(context.Context) (int, error) {
					<-begun // or the other might never begin
					return 0, lost
				},
			}
		}
		_, err := All(t.Context(), jobs()...)
		assert.Equal(t, lost, err)
		first, err := First(t.Context(), jobs()...)
		require.NoError(t, err)
		assert.Equal(t, Result[int]{Index: 1, Err: lost}, first)
	}
}
