package practices

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	// The first use of signals starts a goroutine that never ends; it
	// must not belong to a bubble.
	first := make(chan os.Signal, 1)
	signal.Notify(first, os.Interrupt)
	signal.Stop(first)

	silent(t)
	rules.Check(t, map[string]rules.Func{
		"RunUntilSignal": {
			Jobs:   true,
			Inline: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				return RunUntilSignal(ctx, w.Job)
			},
			AllOrNothing: "it has no result",
		},
		"Pause": {
			Call: func(ctx context.Context, _ *rules.Work) error {
				return Pause(ctx, time.Hour)
			},
			AllOrNothing: "it has no result",
			Counts:       pauseForNoTime,
		},
		"ForEach": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				work := func(ctx context.Context, _ int) error {
					return w.Job(ctx)
				}
				return ForEach(ctx, 2, make([]int, 5), work)
			},
			AllOrNothing: "it has no result",
			Counts:       forEachWithAnyLimit,
			Nothing: func(ctx context.Context) error {
				return ForEach[int](ctx, 2, nil, nil)
			},
		},
		"Dial": {
			Call: func(ctx context.Context, _ *rules.Work) error {
				conn, err := Dial(ctx, "server.example", 80)
				if err == nil {
					err = conn.Close()
				}
				return err
			},
			AllOrNothing: "it has one result",
			Counts:       dialNoPort,
		},
		"WithRequest": carriesValues(func(ctx context.Context) {
			assert.Equal(t, "7", Request(WithRequest(ctx, "7")))
		}),
		"Request": carriesValues(func(ctx context.Context) {
			assert.Empty(t, Request(ctx))
		}),
		"RequestLog.Handle": carriesValues(func(ctx context.Context) {
			log := RequestLog{slog.DiscardHandler}
			assert.NoError(t, log.Handle(ctx, slog.Record{}))
		}),
		"sound": rules.Sound(sound),
	})
}

// carriesValues is a function to which the end of ctx means nothing.
func carriesValues(call func(context.Context)) rules.Func {
	return rules.Func{
		Call: func(ctx context.Context, _ *rules.Work) error {
			call(ctx)
			return nil
		},
		Outlives: true, Instant: true, Silent: true,
		AllOrNothing: "it has one result",
	}
}

// Without time to wait, Pause returns at once; a caller that has gone
// learns why.
func pauseForNoTime(t *testing.T) {
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, d := range []time.Duration{0, -time.Second} {
		assert.NoError(t, Pause(t.Context(), d))
		for range 100 {
			assert.Equal(t, context.Canceled, Pause(ended, d))
			err := Pause(rules.EndsInDone(t), d)
			assert.Equal(t, rules.ErrEnded, err)
		}
	}
}

// A limit below 1 counts as 1.
func forEachWithAnyLimit(t *testing.T) {
	for limit := -1; limit <= 6; limit++ {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			err := ForEach(t.Context(), limit, make([]int, 5),
				func(ctx context.Context, _ int) error {
					return Pause(ctx, time.Second)
				})
			assert.NoError(t, err)
			n := min(max(limit, 1), 5)
			rounds := time.Duration((5 + n - 1) / n)
			assert.Equal(t, rounds*time.Second, time.Since(start))
		})
	}
}

func dialNoPort(t *testing.T) {
	for _, port := range []int{-1, 0, 1 << 16} {
		_, err := Dial(t.Context(), "127.0.0.1", port)
		assert.Error(t, err)
	}
}

// Who has nothing to do has not failed.
func TestNothingToDo(t *testing.T) {
	assert.NoError(t, ForEach[int](t.Context(), 2, nil, nil))
	assert.NoError(t, Drain(2, Numbers(0), nil))
	Notify(nil)
	assert.Empty(t, Squares(nil))
}

// Functions without a context: a panic in what they call ends the
// program before anybody goes on.
func TestPanics(t *testing.T) {
	t.Run("Notify", func(t *testing.T) {
		rules.Panics(t, func(job func()) { Notify([]func(){job}) })
	})
	t.Run("Drain", func(t *testing.T) {
		rules.Panics(t, func(job func()) {
			_ = Drain(2, Numbers(1), func(int) { job() })
		})
	})
}

// What exits is over: nobody waits for it.
func TestNotifyOutlivesAListenerThatExits(t *testing.T) {
	told := false
	rules.Exits(t, func(job func()) error {
		Notify([]func(){job, func() { told = true }})
		return ErrExited // Notify has no error to return
	})
	assert.True(t, told)
}

// A worker that exits handles nothing more, and Drain says so. The
// others go on, and Drain waits for them.
func TestDrainSaysThatAWorkerExited(t *testing.T) {
	rules.Exits(t, func(job func()) error {
		var done atomic.Int32
		err := Drain(2, Numbers(10), func(n int) {
			if n == 0 {
				job()
			}
			time.Sleep(time.Second)
			done.Add(1)
		})
		assert.EqualValues(t, 9, done.Load())
		return err
	})
}

// Fewer workers than one are one; fewer numbers than none are none.
func TestDrainWithAnyNumbers(t *testing.T) {
	for workers := -1; workers <= 3; workers++ {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			assert.NoError(t, Drain(workers, Numbers(6), func(int) {
				time.Sleep(time.Second)
			}))
			rounds := time.Duration(6 / max(workers, 1))
			assert.Equal(t, rounds*time.Second, time.Since(start))
		})
	}
	for n := -1; n <= 1; n++ {
		assert.Len(t, Numbers(n), max(n, 0))
	}
}
