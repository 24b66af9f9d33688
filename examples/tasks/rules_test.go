package tasks

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	const one = "it has one result"
	rules.Check(t, map[string]rules.Func{
		"Process": {
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := Process(ctx, "A", time.Hour)
				return err
			},
			AllOrNothing: one,
			Counts:       processWithoutDelay,
		},
		"Start": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				return (<-Start(ctx, job(w))).Err
			},
			AllOrNothing: one,
		},
		"Spawn": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				task := Spawn(ctx, "rule", job(w))
				_, err := task.Wait(context.Background())
				return err
			},
			AllOrNothing: one,
		},
		"Task.run": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				task := &Task[int]{done: make(chan struct{})}
				go task.run(ctx, job(w))
				<-task.done
				return task.err
			},
			AllOrNothing: one,
		},
		"Task.Wait": {
			Call: func(ctx context.Context, w *rules.Work) error {
				task := &Task[int]{done: make(chan struct{})}
				_, err := task.Wait(ctx)
				return err
			},
			Finished: waitPrefersTheResult,
		},
		"NameOf": {
			Call: func(ctx context.Context, w *rules.Work) error {
				assert.Empty(t, NameOf(ctx))
				return nil
			},
			Instant:      true,
			Silent:       true,
			AllOrNothing: one,
		},
		"Signup.ServeHTTP": {
			Jobs: true, Outlives: true, Grace: 30 * time.Second,
			Call:         signUpWith,
			Silent:       true,
			AllOrNothing: "it writes one answer",
		},
		"sound": rules.Sound(sound),
	})
}

// job is the job of a rule.
func job(w *rules.Work) func(context.Context) (int, error) {
	return func(ctx context.Context) (int, error) {
		return 0, w.Job(ctx)
	}
}

// A delay below 0 counts as 0. It does not hide that ctx has ended: a
// select with both cases ready would take either.
func processWithoutDelay(t *testing.T) {
	gone := errors.New("caller is gone")
	ended, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	for _, delay := range []time.Duration{0, -unit} {
		value, err := Process(t.Context(), "A", delay)
		require.NoError(t, err)
		assert.Equal(t, "processed A", value)
		for range 100 {
			_, err := Process(ended, "A", delay)
			require.Equal(t, gone, err)
			_, err = Process(rules.EndsInDone(t), "A", delay)
			require.Equal(t, rules.ErrEnded, err)
		}
	}
}

// A result that is there is never refused, be it a value or an error. A
// select with both cases ready would refuse every second one.
func waitPrefersTheResult(t *testing.T) {
	broken := errors.New("broken")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, want := range []error{nil, broken} {
		task := Spawn(t.Context(), "quick",
			func(context.Context) (int, error) { return 7, want })
		<-task.Done()
		for range 100 {
			value, err := task.Wait(ended)
			require.Equal(t, want, err)
			require.Equal(t, 7, value)
		}
	}
}
