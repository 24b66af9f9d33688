package pools

import (
	"context"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

// SumSquares asks for the number of processors; it does not set it.
func TestSumSquaresLeavesTheProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	_, err := SumSquares(t.Context(), 10)
	assert.NoError(t, err)
	assert.Equal(t, 3, runtime.GOMAXPROCS(0))
}

// The square of a smaller number fits into 64 bits.
func TestMaxN(t *testing.T) {
	assert.Equal(t, uint64(1<<32), uint64(MaxN))
}

// After the end the cause is returned, and no other error.
func TestSumSquaresLooksFirst(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := SumSquares(ctx, MaxN+1)
	assert.Equal(t, context.Canceled, err)
}

// The context ends when the shards are about to begin.
func TestSumSquaresReturnsTheCauseOfItsShards(t *testing.T) {
	sum, err := SumSquares(rules.EndsInDone(t), 10)
	assert.Equal(t, rules.ErrEnded, err)
	assert.Nil(t, sum)
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
