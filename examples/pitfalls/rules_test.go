package pitfalls

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"CountPrimes": {
			Instant: true, // it computes
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := CountPrimes(ctx, 10)
				if err == nil {
					w.Step()
				}
				return err
			},
			AllOrNothing: "part of a count is no count",
			Counts:       TestCountPrimes,
			Nothing: func(ctx context.Context) error {
				_, err := CountPrimes(ctx, 0)
				return err
			},
		},
		"Poll": {
			Jobs: true, Inline: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				return Poll(ctx, unit, func() { _ = w.Job(ctx) })
			},
			AllOrNothing: "it has no result",
			Counts:       pollWithoutAnInterval,
		},
		"Sleep": {
			Call: func(ctx context.Context, w *rules.Work) error {
				err := Sleep(ctx, time.Hour)
				if err == nil {
					w.Step()
				}
				return err
			},
			AllOrNothing: "it has no result",
			Counts:       sleepForNothing,
		},
		"Account.Deposit": {
			Call: func(ctx context.Context, w *rules.Work) error {
				var account Account
				err := account.Deposit(ctx, 10, make(chan int))
				// What came before the end stays.
				if account.Balance() != 0 && !w.Ended() {
					w.Step()
				}
				return err
			},
			Finished: TestDepositWaitsUnlocked,
			Counts:   depositsOfNothing,
		},
		"Count": {
			Silent: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				numbers := make(chan int)
				go Count(ctx, numbers)
				for range numbers {
					w.Step()
					<-ctx.Done()
				}
				return nil
			},
			AllOrNothing: "what was sent has been received",
		},
		"Hits.Add": {
			Instant: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				var hits Hits
				err := hits.Add(ctx, "/")
				if len(hits.Pages()) > 0 {
					w.Step()
				}
				return err
			},
			AllOrNothing: "it has no result",
		},
		"Get": {
			Call: func(ctx context.Context, w *rules.Work) error {
				client := &http.Client{Transport: trip(func(
					r *http.Request,
				) (*http.Response, error) {
					return nil, errors.Join(tripped(ctx, w), io.EOF)
				})}
				_, err := Get(ctx, client, "http://example.com")
				return err
			},
			AllOrNothing: "it has one answer",
		},
		"because": {
			Instant: true,
			Call: func(ctx context.Context, _ *rules.Work) error {
				return because(ctx, ctx.Err())
			},
			Finished: func(t *testing.T) {
				gone := errors.New("caller is gone")
				ctx, cancel := context.WithDeadlineCause(
					t.Context(), time.Time{}, gone)
				defer cancel()
				assert.Equal(t, gone, because(ctx, ctx.Err()))
				assert.Equal(t, io.EOF, because(ctx, io.EOF))
				err := because(ctx, context.Canceled) // another's
				assert.Equal(t, context.Canceled, err)
			},
		},
		"sound": rules.Sound(sound),
	})
}

const unit = 100 * time.Millisecond

// tripped is a request that waits, as http.Transport would do it.
func tripped(ctx context.Context, w *rules.Work) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	_ = w.Job(ctx)
	return ctx.Err()
}

// Without an interval, Poll pauses for 1 ns, and it ends.
func pollWithoutAnInterval(t *testing.T) {
	for _, interval := range []time.Duration{0, -unit} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			steps := 0
			start := time.Now()
			err := Poll(ctx, interval, func() {
				if steps++; steps == 10 {
					cancel()
				}
			})
			assert.ErrorIs(t, err, context.Canceled)
			assert.Equal(t, 10, steps)
			assert.EqualValues(t, 10, time.Since(start))
		})
	}
}

// A sleep of no time is over at once. A context that has ended comes
// first.
func sleepForNothing(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, d := range []time.Duration{0, -unit} {
		for range 100 {
			require.NoError(t, Sleep(t.Context(), d))
			require.ErrorIs(t, Sleep(ended, d), context.Canceled)
		}
	}
}

// A deposit of nothing is news as well, and a negative one is a
// withdrawal.
func depositsOfNothing(t *testing.T) {
	var account Account
	news := make(chan int, 2)
	require.NoError(t, account.Deposit(t.Context(), 0, news))
	require.NoError(t, account.Deposit(t.Context(), -3, news))
	assert.Equal(t, 0, <-news)
	assert.Equal(t, -3, <-news)
}

// A receiver is ready, and the context ends when Deposit asks for its
// Done. That comes before the first look, so nothing is deposited.
func TestDepositLooksAfterDone(t *testing.T) {
	for range 100 {
		var account Account
		news := make(chan int, 1)
		err := account.Deposit(rules.EndsInDone(t), 10, news)
		require.Empty(t, news, "told after the end")
		require.ErrorIs(t, err, rules.ErrEnded)
		require.Zero(t, account.Balance())
	}
}

// A tick and the end are ready together when a step takes long.
func TestPollStepsNoMoreAfterTheEnd(t *testing.T) {
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 3*unit)
			defer cancel()
			_ = Poll(ctx, unit, func() {
				assert.NoError(t, ctx.Err(), "stepped after the end")
				time.Sleep(5 * unit)
			})
		})
	}
}

// Nobody gets a number after the end, although the receiver is there.
func TestCountSendsNothingAfterTheEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for range 100 {
		numbers := make(chan int, 1) // always ready
		Count(ctx, numbers)
		assert.Empty(t, numbers)
	}
}

// Who has nothing to do has not failed.
func TestNothingToDo(t *testing.T) {
	assert.NoError(t, SaveAll(nil, nil))
	assert.NoError(t, Each(nil, 1, nil))
	assert.NoError(t, RunAll())
}

// The functions without a context hold rule 6 as well.

func TestSaveAllPanics(t *testing.T) {
	rules.Panics(t, func(job func()) { _ = saveAll(job) })
}

func TestSaveAllExits(t *testing.T) { rules.Exits(t, saveAll) }

func saveAll(job func()) error {
	save := func(string) error { job(); return nil }
	return SaveAll([]string{"report"}, save)
}

func TestEachPanics(t *testing.T) {
	rules.Panics(t, func(job func()) { _ = each(job) })
}

func TestEachExits(t *testing.T) { rules.Exits(t, each) }

func each(job func()) error {
	do := func(string) error { job(); return nil }
	return Each([]string{"/"}, 1, do)
}

func TestWorkPanics(t *testing.T) {
	rules.Panics(t, func(job func()) { _ = work(job) })
}

func TestWorkExits(t *testing.T) { rules.Exits(t, work) }

func work(job func()) error {
	do := func(string) (string, error) { job(); return "", nil }
	_, err := Work([]string{"copy"}, 1, do)
	return err
}

// RunAll makes an error of a panic; an exit is one, too.
func TestRunAllExits(t *testing.T) {
	rules.Exits(t, func(job func()) error {
		return RunAll(func() error { job(); return nil })
	})
}
