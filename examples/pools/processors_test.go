package pools

import (
	"context"
	"runtime"
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
func TestMaxN(t *testing.T) { assert.EqualValues(t, 1<<32, MaxN) }

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
