package iterators

import (
	"context"
	"iter"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"Countdown": {
			Silent: true, // ctx says why
			Call: func(ctx context.Context, w *rules.Work) error {
				for range Countdown(ctx, 9) {
					w.Step()
					<-ctx.Done()
				}
				return nil
			},
			AllOrNothing: "what was yielded has been used",
			Counts:       TestNothingToCount,
		},
		"Numbers": {
			Call: func(ctx context.Context, w *rules.Work) error {
				return drain(w, Numbers(ctx, 9))
			},
			AllOrNothing: "what was yielded has been used",
			Counts:       TestNothingToCount,
			Nothing: func(ctx context.Context) error {
				return drain(nil, Numbers(ctx, 0))
			},
		},
		"Pages": {
			Call: func(ctx context.Context, w *rules.Work) error {
				return drain(w, Pages(ctx, []string{"north", "south"}))
			},
			AllOrNothing: "what was yielded has been used",
			Nothing: func(ctx context.Context) error {
				return drain(nil, Pages(ctx, nil))
			},
		},
		"fetch": {
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := fetch(ctx, "north")
				return begun(w, err)
			},
			AllOrNothing: "it has one page",
		},
		"wait": {
			Call: func(ctx context.Context, w *rules.Work) error {
				return begun(w, wait(ctx))
			},
			AllOrNothing: "it has no result",
		},
		"Prefetch": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				return drain(nil, Prefetch(ctx, 1, working(w)))
			},
			Finished: TestPrefetchEndsADeafSource,
			Counts:   prefetchWithoutRoom,
			Nothing: func(ctx context.Context) error {
				return drain(nil, Prefetch(ctx, 0, numbersTo(0)))
			},
		},
		"sound": rules.Sound(sound),
	})
}

// drain goes to the end of a sequence, notes a step per value, and
// returns the last error.
func drain[V any](w *rules.Work, seq iter.Seq2[V, error]) (last error) {
	for _, err := range seq {
		if err == nil && w != nil {
			w.Step()
		}
		last = err
	}
	return last
}

// begun notes a step if there was a success.
func begun(w *rules.Work, err error) error {
	if err == nil {
		w.Step()
	}
	return err
}

// working is a source whose values are jobs. It does not look at its
// context between them.
func working(
	w *rules.Work,
) func(context.Context) iter.Seq2[int, error] {
	return func(ctx context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			for range 3 {
				if err := w.Job(ctx); !yield(0, err) {
					return
				}
			}
		}
	}
}

// Room for fewer than none is room for none.
func prefetchWithoutRoom(t *testing.T) {
	for _, ready := range []int{0, -1} {
		sum := 0
		for i, err := range Prefetch(t.Context(), ready, numbersTo(3)) {
			assert.NoError(t, err)
			sum += i
		}
		assert.Equal(t, 3, sum)
	}
}
