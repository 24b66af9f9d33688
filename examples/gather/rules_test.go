package gather

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"All": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := All(ctx, jobs(w)...)
				return err
			},
			AllOrNothing: "an error takes the place of all values",
			Nothing: func(ctx context.Context) error {
				_, err := All[int](ctx)
				return err
			},
		},
		"Settle": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				return failures(Settle(ctx, jobs(w)...))
			},
			Finished: settleKeepsWhatHasFinished,
		},
		"First": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				first, err := First(ctx, jobs(w)...)
				return errors.Join(err, first.Err)
			},
			AllOrNothing: "it has one result",
			Nothing: func(ctx context.Context) error {
				_, err := First[int](ctx)
				return err
			},
		},
		"Wait": {
			Jobs:   true,
			Leaves: "it says what has finished by then",
			Call: func(ctx context.Context, w *rules.Work) error {
				done, _ := Wait(ctx, time.Hour, jobs(w)...)
				return failures(done)
			},
			Finished: waitTakesWhatIsThere,
			Counts:   waitWithoutTime,
		},
		"start": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				results := start(ctx, jobs(w))
				return errors.Join((<-results).Err, (<-results).Err)
			},
			AllOrNothing: "it delivers each result by itself",
		},
		"result": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				return result(ctx, 0, jobs(w)[0]).Err
			},
			AllOrNothing: "it has one result",
			Counts: func(t *testing.T) {
				r := result(t.Context(), 1, work(0))
				assert.Equal(t, 1, r.Index)
			},
		},
		"sound": rules.Sound(sound),
	})
}

// The time of a call is up, and its context has ended: a select takes
// either.
func TestTheEndGoesFirst(t *testing.T) {
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			for _, job := range []Job[int]{work(0), work(1), lose(1)} {
				_, err := job(rules.EndsLate(t))
				require.Equal(t, rules.ErrEnded, err)
			}
		})
	}
}

// jobs returns two jobs of a rule.
func jobs(w *rules.Work) []Job[int] {
	job := func(ctx context.Context) (int, error) {
		return 0, w.Job(ctx)
	}
	return []Job[int]{job, job}
}

func failures(results []Result[int]) error {
	var all []error
	for _, r := range results {
		all = append(all, r.Err)
	}
	return errors.Join(all...)
}

// One job has finished when the context ends; its value stays.
func settleKeepsWhatHasFinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*unit)
		defer cancel()
		results := Settle(ctx, work(1), work(9))
		assert.Equal(t, Result[int]{Index: 0, Value: 1}, results[0])
		assert.ErrorIs(t, results[1].Err, context.DeadlineExceeded)
	})
}

// When the time is up, what is there is taken: select alone would take
// the timer before each result with a chance of one half.
func waitTakesWhatIsThere(t *testing.T) {
	results := make(chan Result[int], 100)
	for range 99 {
		results <- Result[int]{}
	}
	up := make(chan time.Time)
	close(up) // the time is up, and stays up
	assert.Len(t, collect(results, 100, up), 99)
}

// Without time, Wait returns at once, and leaves the jobs running.
func waitWithoutTime(t *testing.T) {
	for _, timeout := range []time.Duration{0, -unit} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			done, pending := Wait(t.Context(), timeout, work(1))
			assert.Zero(t, time.Since(start))
			assert.Empty(t, done)
			assert.Equal(t, 1, (<-pending).Value)
		})
	}
}
