package failures

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"Load": {
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := Load(ctx, 7)
				return begun(w, err)
			},
			AllOrNothing: "it has one order",
			Counts: func(t *testing.T) {
				for _, id := range []int{-1, 0, 1} {
					_, err := Load(t.Context(), id)
					assert.NoError(t, err)
				}
			},
		},
		"LoadAll": {
			Call: func(ctx context.Context, w *rules.Work) error {
				orders, err := LoadAll(ctx, 7, 8)
				for range orders {
					w.Step()
				}
				return err
			},
			Finished: loadAllKeepsWhatItGot,
			Counts: func(t *testing.T) {
				orders, err := LoadAll(t.Context())
				assert.NoError(t, err)
				assert.Empty(t, orders)
			},
			Nothing: func(ctx context.Context) error {
				_, err := LoadAll(ctx)
				return err
			},
		},
		"Invoice": {
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := Invoice(ctx, 7)
				return begun(w, err)
			},
			AllOrNothing: "it has one invoice",
			Counts:       TestInvoice,
		},
		"Guard": guard(),
		"sound": rules.Sound(sound),
	})
}

// The time of a load is up, and its context has ended: a select takes
// either.
func TestTheEndGoesFirst(t *testing.T) {
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			_, err := Load(rules.EndsLate(t), 7)
			require.Equal(t, rules.ErrEnded, err)
			_, err = Invoice(rules.EndsLate(t), 7)
			require.ErrorIs(t, err, rules.ErrEnded)
		})
	}
}

// begun notes a step if there was a success.
func begun(w *rules.Work, err error) error {
	if err == nil {
		w.Step()
	}
	return err
}

// The end of the context takes nothing from an order that is there, and
// an order that is there twice is loaded twice.
func loadAllKeepsWhatItGot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(200*time.Millisecond, cancel)
		orders, err := LoadAll(ctx, 7, 7, 404)
		cancel()
		assert.Equal(t, map[int]string{7: "order 7"}, orders)
		assert.ErrorIs(t, err, ErrNotFound)
	})
}

// A call that comes too late loads nothing. It has one failure, however
// many the ids are.
func TestLoadAllTooLateHasOneFailure(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	orders, err := LoadAll(ctx, 7, 8)
	assert.Empty(t, orders)
	assert.Equal(t, gone, err)
}

// guard is Guard, which is sound and survives a panic.
func guard() rules.Func {
	f := rules.Sound(Guard)
	f.Guards = true
	return f
}

// A panic while the job exits, as in a clean-up that it has deferred,
// is a panic all the same.
func TestGuardKeepsThePanicOfAnExit(t *testing.T) {
	bug := errors.New("bug")
	err := Guard(t.Context(), func() error {
		defer func() { panic(bug) }()
		runtime.Goexit()
		return nil
	})()
	caught, ok := errors.AsType[*PanicError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, bug, caught.Value)
}
