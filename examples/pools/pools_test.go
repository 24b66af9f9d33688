package pools

import (
	"context"
	"errors"
	"math/big"
	"runtime"
	"runtime/pprof"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// Five calls of 100 ms, three at a time: two rounds, so 200 ms.
func TestMapBlocksThreeAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		values, err := Map(t.Context(), 3, []int{0, 1, 2, 3, 4},
			func(_ context.Context, n int) (int, error) {
				return Read(n), nil
			})
		require.NoError(t, err)
		assert.Equal(t, []int{0, 2, 4, 6, 8}, values)
		assert.Equal(t, 200*time.Millisecond, time.Since(start))
	})
}

// Two calls run and ignore their context. One fails, the other takes
// its second to end, and the third never begins.
func TestMapStartsNothingAfterAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("disk is broken")
		var calls atomic.Int32
		began := make(chan bool, 2)
		start := time.Now()
		values, err := Map(t.Context(), 2, []error{broken, nil, nil},
			func(_ context.Context, err error) (int, error) {
				calls.Add(1)
				if err != nil {
					<-began // the other one runs
					return 0, err
				}
				began <- true
				time.Sleep(time.Second)
				return 0, nil
			})
		assert.Equal(t, broken, err)
		assert.Nil(t, values)
		assert.EqualValues(t, 2, calls.Load())
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// A call that looks at its context ends with it. The thread of a pool
// would go on.
func TestCancelEndsACall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("caller is gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(gone) })
		start := time.Now()
		_, err := Map(ctx, 3, []int{0, 1, 2},
			func(ctx context.Context, n int) (int, error) {
				<-ctx.Done()
				return n, context.Cause(ctx)
			})
		assert.Equal(t, gone, err)
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// A call that ignores its context does not begin after the end. Map
// says why.
func TestMapBeginsNothingTooLate(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	_, err := Map(ctx, 3, []int{0, 1, 2},
		func(_ context.Context, n int) (int, error) {
			t.Error("began after the end")
			return n, nil
		})
	assert.Equal(t, gone, err)
}

// A thousand goroutines wait at the same time. The runtime starts next
// to no threads for them.
func TestWaitingTakesNoThread(t *testing.T) {
	threads := pprof.Lookup("threadcreate")
	before := threads.Count()
	_, err := Map(t.Context(), 1000, make([]int, 1000),
		func(_ context.Context, n int) (int, error) {
			return Read(n), nil
		})
	require.NoError(t, err)
	assert.Less(t, threads.Count()-before, 50)
}

// The formula n(n-1)(2n-1)/6 knows the sum without adding, for any
// number of shards, also if there are fewer numbers than shards.
func TestSumSquaresIsExact(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, shards := range []int{1, 3, 8} {
		runtime.GOMAXPROCS(shards)
		for _, n := range []int64{0, 1, 2, 7, 100_003, 4_000_000} {
			want := big.NewInt(n)
			want.Mul(want, big.NewInt(n-1))
			want.Mul(want, big.NewInt(2*n-1))
			want.Div(want, big.NewInt(6))
			sum, err := SumSquares(t.Context(), uint64(n))
			require.NoError(t, err)
			assert.Zero(t, want.Cmp(sum), "%d: %v", n, sum)
		}
	}
}

// The carry is what a uint64 would lose.
func TestTotalKeepsTheCarry(t *testing.T) {
	var total Total
	total.Add(1<<64 - 1)
	total.Add(1)
	assert.Equal(t, "18446744073709551616", total.Big().String())
}

// MaxN takes seconds of computing; the shards stop at their next look.
func TestSumSquaresStops(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(10*time.Millisecond, func() { cancel(gone) })
	_, err := SumSquares(ctx, MaxN)
	assert.ErrorIs(t, err, gone)
}

// A shard looks once in every 65,536 numbers, and at the first.
func TestSquaresLooksAgainAndAgain(t *testing.T) {
	looks := &counting{Context: t.Context()}
	_, err := squares(looks, 5, 5+3<<16)
	require.NoError(t, err)
	assert.Equal(t, 3, looks.n)
}

// counting counts how often somebody looks whether it has ended.
type counting struct {
	context.Context
	n int
}

func (c *counting) Err() error { c.n++; return c.Context.Err() }

func TestSumSquaresKnowsItsLimit(t *testing.T) {
	_, err := SumSquares(t.Context(), MaxN+1)
	assert.Equal(t, ErrRange, err)
}
