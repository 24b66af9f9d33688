package failures

import (
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The two failures and the success all take their 100 ms, side by side.
func TestLoadAllReportsEveryFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		orders, err := LoadAll(t.Context(), 404, 7, 429, 8)
		assert.Equal(t, 100*time.Millisecond, time.Since(start))
		assert.Equal(t,
			map[int]string{7: "order 7", 8: "order 8"}, orders)

		// One error, and both failures can be found in it.
		assert.ErrorIs(t, err, ErrNotFound)
		quota, ok := errors.AsType[*QuotaError](err)
		require.True(t, ok)
		assert.Equal(t, 30*time.Second, quota.Wait)
	})
}

func TestNoFailureIsNil(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		orders, err := LoadAll(t.Context(), 7, 8)
		assert.NoError(t, err)
		assert.Len(t, orders, 2)
		assert.Empty(t, Parts(err))
	})
}

// A load that was cancelled has failed like any other, and its cause
// says why.
func TestACancelledLoadIsAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		left := errors.New("customer left")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(50*time.Millisecond, func() { cancel(left) })

		orders, err := LoadAll(ctx, 7, 8)
		assert.Empty(t, orders)
		assert.Equal(t, []error{left, left}, Parts(err))
	})
}

// AsType returns the first match, depth first. The second is still
// there, and nothing says so.
func TestAsTypeFindsTheFirstOnly(t *testing.T) {
	first := &QuotaError{Wait: time.Second}
	second := &QuotaError{Wait: time.Minute}
	err := errors.Join(first, second)
	found, ok := errors.AsType[*QuotaError](err)
	require.True(t, ok)
	assert.Same(t, first, found)
	assert.Len(t, Parts(err), 2)
}

// Both errors print the same; only %w can be asked.
func TestOnlyWrappingKeepsTheChain(t *testing.T) {
	wrapped := fmt.Errorf("no invoice: %w", ErrNotFound)
	flat := fmt.Errorf("no invoice: %v", ErrNotFound)
	assert.EqualError(t, flat, wrapped.Error())
	assert.ErrorIs(t, wrapped, ErrNotFound)
	assert.NotErrorIs(t, flat, ErrNotFound)
}

func TestInvoice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		invoice, err := Invoice(t.Context(), 7)
		require.NoError(t, err)
		assert.Equal(t, "invoice for order 7", invoice)
	})
}

// Below the top level, a failure that wraps two errors is one part. At
// the top nothing tells it from a list.
func TestPartsOfASingleError(t *testing.T) {
	err := fmt.Errorf("%w: %w", ErrNotFound, io.EOF)
	assert.Equal(t, []error{err}, Parts(errors.Join(err)))
	assert.Equal(t, []error{ErrNotFound, io.EOF}, Parts(err))
	assert.Equal(t, []error{io.EOF}, Parts(io.EOF))
}

// An error whose list is empty is a failure all the same: a loop over
// its parts must not miss it.
func TestPartsOfAnEmptyList(t *testing.T) {
	var lost, full error
	err := fmt.Errorf("close: %w, flush: %w", lost, full)
	assert.Equal(t, []error{err}, Parts(err))
}

// A change of the parts does not change the error.
func TestPartsAreACopy(t *testing.T) {
	err := errors.Join(ErrNotFound, io.EOF)
	Parts(err)[0] = nil
	assert.EqualError(t, err, "not found\nEOF")
}

// A guarded panic is an error with the stack of the place that
// panicked.
func TestGuardKeepsValueAndStack(t *testing.T) {
	bug := func() error { panic(io.ErrUnexpectedEOF) }
	err := Guard(t.Context(), bug)()
	assert.ErrorIs(t, err, io.ErrUnexpectedEOF)
	caught, ok := errors.AsType[*PanicError](err)
	require.True(t, ok)
	assert.Contains(t, string(caught.Stack),
		"failures.TestGuardKeepsValueAndStack")
}

func TestGuardPassesErrorsOn(t *testing.T) {
	assert.NoError(t, Guard(t.Context(), func() error { return nil })())
	err := Guard(t.Context(), func() error { return io.EOF })()
	assert.Equal(t, io.EOF, err)
}

// A hundred orders load at the same time. The failures stand in the
// order of the ids, which stay the caller's.
func TestLoadAllLoadsManyAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var ids []int
		var want string
		for id := 149; id >= 50; id-- {
			ids = append(ids, id)
			if id >= 100 {
				want += fmt.Sprintf("order %d: not found\n", id)
			}
		}
		start := time.Now()
		orders, err := LoadAll(t.Context(), ids...)
		assert.Equal(t, 100*time.Millisecond, time.Since(start))
		assert.Len(t, orders, 50)
		for id := 50; id < 100; id++ {
			assert.Equal(t, fmt.Sprint("order ", id), orders[id])
		}
		assert.EqualError(t, err, want[:len(want)-1])
		for i, id := range ids {
			assert.Equal(t, 149-i, id)
		}
	})
}

// An invoice that fails keeps the whole chain of its failure, also when
// that is the end of ctx.
func TestInvoiceKeepsTheChain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, err := Invoice(t.Context(), 429)
		quota, ok := errors.AsType[*QuotaError](err)
		assert.True(t, ok)
		assert.Equal(t, 30*time.Second, quota.Wait)

		left := errors.New("customer left")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(50*time.Millisecond, func() { cancel(left) })
		_, err = Invoice(ctx, 7)
		assert.EqualError(t, err, "no invoice: customer left")
		assert.ErrorIs(t, err, left)
	})
}

// A guarded job may be called again: the panic of one call is not that
// of the next.
func TestAGuardedJobMayRunAgain(t *testing.T) {
	calls := 0
	job := Guard(t.Context(), func() error {
		calls++
		if calls == 1 {
			panic("bug")
		}
		return nil
	})
	assert.EqualError(t, job(), "panic: bug")
	assert.NoError(t, job())
}

// Up to Go 1.20, or with such a go line, panic(nil) panics with nil,
// and recover returns nil. The job has not succeeded for that.
func TestGuardOfAPanicWithNil(t *testing.T) {
	t.Setenv("GODEBUG", "panicnil=1")
	var none any
	err := Guard(t.Context(), func() error { panic(none) })()
	assert.Equal(t, ErrExited, err)
}
