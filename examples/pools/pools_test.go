package pools

import (
	"context"
	"errors"
	"math"
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

// The limit is the one that was asked for, also when it is high. The
// items stay the caller's.
func TestMapWithAHighLimit(t *testing.T) {
	const n = 250
	for limit, rounds := range map[int]time.Duration{
		100: 3, 249: 2, 250: 1, math.MaxInt: 1,
	} {
		synctest.Test(t, func(t *testing.T) {
			var items, want []int
			for i := range n {
				items, want = append(items, i), append(want, 2*i)
			}
			start := time.Now()
			values, err := Map(t.Context(), limit, items,
				func(_ context.Context, n int) (int, error) {
					return Read(n), nil
				})
			assert.NoError(t, err)
			assert.Equal(t, want, values)
			assert.Equal(t, rounds*100*time.Millisecond,
				time.Since(start))
			for i, item := range items {
				assert.Equal(t, i, item)
			}
		})
	}
}

// A hundred calls run when the first one fails. Map returns when all of
// them have ended, and begins none of the others.
func TestMapWaitsForAllThatRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("disk is broken")
		var began, ended atomic.Int32
		start := time.Now()
		_, err := Map(t.Context(), 100, make([]int, 250),
			func(context.Context, int) (int, error) {
				defer ended.Add(1)
				n := began.Add(1)
				if n == 1 {
					time.Sleep(time.Second)
					return 0, broken
				}
				time.Sleep(time.Duration(n) * time.Hour)
				return 0, nil
			})
		assert.Equal(t, broken, err)
		assert.EqualValues(t, 100, began.Load())
		assert.EqualValues(t, 100, ended.Load())
		assert.Equal(t, 100*time.Hour, time.Since(start))
	})
}

// The caller's end comes while the last call runs. What the call makes
// of it is its own affair: a value stays, and an error says more than
// the cause.
func TestTheCallHasTheLastWord(t *testing.T) {
	for _, want := range []error{nil, errors.New("half of it read")} {
		ctx, cancel := context.WithCancel(t.Context())
		values, err := Map(ctx, 1, []int{7},
			func(_ context.Context, n int) (int, error) {
				cancel()
				return n, want
			})
		assert.Equal(t, want, err)
		if want == nil {
			assert.Equal(t, []int{7}, values)
		}
	}
}
