package pools

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"Map": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				call := func(ctx context.Context, _ int) (int, error) {
					return 0, w.Job(ctx)
				}
				_, err := Map(ctx, 2, make([]int, 5), call)
				return err
			},
			AllOrNothing: "an error takes the place of all values",
			Counts:       mapWithAnyLimit,
			Nothing: func(ctx context.Context) error {
				_, err := Map[int, int](ctx, 2, nil, nil)
				return err
			},
		},
		"SumSquares": {
			Instant: true,
			Call: func(ctx context.Context, _ *rules.Work) error {
				_, err := SumSquares(ctx, 10)
				return err
			},
			AllOrNothing: "a sum of some shards is no sum",
			Counts:       sumsOfNoneAndOne,
			Nothing: func(ctx context.Context) error {
				_, err := SumSquares(ctx, 0)
				return err
			},
		},
		"squares": {
			Instant: true,
			Call: func(ctx context.Context, _ *rules.Work) error {
				_, err := squares(ctx, 1, 10)
				return err
			},
			AllOrNothing: "a sum of some numbers is no sum",
			Counts:       sumsOfNoneAndOne,
		},
		"sound": rules.Sound(sound),
	})
}

// A limit below 1 counts as 1.
func mapWithAnyLimit(t *testing.T) {
	for limit := -1; limit <= 6; limit++ {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			values, err := Map(t.Context(), limit, []int{0, 1, 2, 3, 4},
				func(_ context.Context, n int) (int, error) {
					return Read(n), nil
				})
			assert.NoError(t, err)
			assert.Equal(t, []int{0, 2, 4, 6, 8}, values)
			n := min(max(limit, 1), 5)
			rounds := time.Duration((5 + n - 1) / n)
			assert.Equal(t, rounds*100*time.Millisecond,
				time.Since(start))
		})
	}
}

func sumsOfNoneAndOne(t *testing.T) {
	for n, want := range []string{"0", "0", "1", "5"} {
		sum, err := SumSquares(t.Context(), uint64(n))
		assert.NoError(t, err)
		assert.Equal(t, want, sum.String())

		total, err := squares(t.Context(), 0, uint64(n))
		assert.NoError(t, err)
		assert.Equal(t, want, total.Big().String())
	}
}
