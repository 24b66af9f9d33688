package pools

import (
	"context"
	"errors"
	"math"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

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

// Every core has its shard, and all of them add at the same time: MaxN
// takes seconds, which is enough to see them.
func TestSumSquaresUsesEveryCore(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(5))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	over := make(chan struct{})
	go func() {
		defer close(over)
		_, _ = SumSquares(ctx, MaxN)
	}()
	stacks := make([]byte, 1<<20)
	for shards := 0; shards < 5; {
		select {
		case <-over:
			t.Fatal("never more shards than", shards)
		default:
		}
		n := runtime.Stack(stacks, true)
		shards = strings.Count(string(stacks[:n]), "pools.squares(")
		assert.LessOrEqual(t, shards, 5)
	}
	cancel()
	<-over
}
