package timeouts

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	const one = "it has one result"
	rules.Check(t, map[string]rules.Func{
		"Work": {
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := Work(ctx, time.Hour)
				return err
			},
			AllOrNothing: one,
			Counts:       workWithoutTime,
		},
		"StartWorker": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				worker := StartWorker(ctx, w.Job)
				worker.running.Wait()
				return worker.Stop(nil)
			},
			AllOrNothing: one,
		},
		"Abandon": {
			Jobs:   true,
			Leaves: "that is what it is for",
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := Abandon(ctx, func() (int, error) {
					return 0, w.Job(ctx)
				})
				return err
			},
			Finished: abandonTakesWhatIsThere,
		},
		"ReadAll": {
			Call: func(ctx context.Context, w *rules.Work) error {
				r, hold := io.Pipe()
				defer hold.Close()
				_, err := ReadAll(ctx, watched{r, w})
				return err
			},
			Finished: readAllKeepsWhatIsThere,
		},
		"sound": rules.Sound(sound),
	})
}

// watched notes each Read, as a step of a rule.
type watched struct {
	io.ReadCloser
	work *rules.Work
}

func (r watched) Read(p []byte) (int, error) {
	r.work.Step()
	return r.ReadCloser.Read(p)
}

// Work without time is done at once, and even so not begun when ctx has
// ended: a select with both cases ready would take either.
func workWithoutTime(t *testing.T) {
	gone := errors.New("caller is gone")
	ended, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	for _, d := range []time.Duration{0, -unit} {
		result, err := Work(t.Context(), d)
		require.NoError(t, err)
		assert.Equal(t, "completed", result)
		for range 100 {
			_, err := Work(ended, d)
			require.Equal(t, gone, err)
			_, err = Work(rules.EndsInDone(t), d)
			require.Equal(t, rules.ErrEnded, err)
		}
	}
}

// A tie is a context that ends when f has returned, and before Abandon
// has looked.
type tie struct {
	context.Context
	end context.CancelFunc
}

func (t tie) Done() <-chan struct{} {
	synctest.Wait() // for f and its result
	t.end()
	return t.Context.Done()
}

// A result that is there is returned, although ctx has ended as well.
func abandonTakesWhatIsThere(t *testing.T) {
	broken := errors.New("broken")
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			value, err := Abandon(tie{ctx, cancel},
				func() (int, error) { return 7, broken })
			require.Equal(t, broken, err)
			require.Equal(t, 7, value)
		})
	}
}

// What was read before the end is not lost.
func readAllKeepsWhatIsThere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		defer w.Close()
		ctx, cancel := context.WithTimeout(t.Context(), 2*unit)
		defer cancel()
		go io.WriteString(w, "the first half")
		start := time.Now()
		data, err := ReadAll(ctx, r)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, "the first half", string(data))
		assert.Equal(t, 2*unit, time.Since(start))
	})
}
