package failures

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

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
	job := Guard(func() error {
		calls++
		if calls == 1 {
			panic("bug")
		}
		return nil
	})
	assert.EqualError(t, job(), "panic: bug")
	assert.NoError(t, job())
}
