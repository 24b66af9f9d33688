package pools

import (
	"context"
	"errors"
	"math/big"
	"math/bits"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// MaxN is the greatest n that SumSquares takes: the square of a smaller
// number fits into 64 bits.
const MaxN = 1 << 32

// ErrRange reports an n greater than MaxN.
var ErrRange = errors.New("pools: n is greater than MaxN")

// SumSquares adds the squares of the numbers below n, on every core. It
// returns early, with the cause, when ctx ends.
func SumSquares(ctx context.Context, n uint64) (*big.Int, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	if n > MaxN {
		return nil, ErrRange
	}
	// More shards than threads that run Go code would not be faster.
	shards := uint64(runtime.GOMAXPROCS(0))
	totals := make([]Total, shards)
	g, ctx := errgroup.WithContext(ctx)
	for i := range shards {
		g.Go(sound(ctx, func() (err error) {
			// Ranges side by side, without a gap. The shards share
			// nothing while they add: each fills one slot, once.
			totals[i], err = squares(ctx, n*i/shards, n*(i+1)/shards)
			return err
		}))
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	// Wait has returned, so all slots may be read.
	sum := new(big.Int)
	for _, total := range totals {
		sum.Add(sum, total.Big())
	}
	return sum, nil
}

// squares adds the squares from start to stop, without stop.
func squares(
	ctx context.Context, start, stop uint64,
) (Total, error) {
	var total Total
	for i := start; i < stop; i++ {
		// A computation waits for nothing, so it has to look whether
		// somebody still wants it.
		if (i-start)%(1<<16) == 0 && ctx.Err() != nil {
			return Total{}, context.Cause(ctx)
		}
		total.Add(i * i)
	}
	return total, nil
}

// A Total is a sum of 128 bits.
type Total struct{ high, low uint64 }

// Add adds n. The plain + would drop the carry and say nothing.
func (t *Total) Add(n uint64) {
	low, carry := bits.Add64(t.low, n, 0)
	t.low, t.high = low, t.high+carry
}

// Big returns the sum as a number without a limit.
func (t Total) Big() *big.Int {
	sum := new(big.Int).SetUint64(t.high)
	sum.Lsh(sum, 64)
	return sum.Add(sum, new(big.Int).SetUint64(t.low))
}
