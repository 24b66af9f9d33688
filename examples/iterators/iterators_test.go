package iterators

import (
	"context"
	"errors"
	"iter"
	"math"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const unit = 100 * time.Millisecond

var errGone = errors.New("caller is gone")

// A sequence does nothing before somebody ranges over it, and no more
// than the loop asks for.
func TestSequenceIsLazy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		numbers := Countdown(t.Context(), 1_000_000)
		assert.Zero(t, time.Since(start))
		for i := range numbers {
			if i == 999_998 {
				break
			}
		}
		assert.Equal(t, 2*unit, time.Since(start))
	})
}

// The sequence and the loop share a goroutine: they take turns, and the
// times of both add up.
func TestLoopAndSequenceTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		for _, err := range Numbers(t.Context(), 3) {
			require.NoError(t, err)
			time.Sleep(2 * unit)
		}
		assert.Equal(t, 9*unit, time.Since(start))
	})
}

// A panic in the sequence can be recovered around the loop: both are
// on one goroutine.
func TestPanicInTheSequenceReachesTheLoop(t *testing.T) {
	broken := iter.Seq[int](func(func(int) bool) { panic("bug") })
	assert.PanicsWithValue(t, "bug", func() {
		for range broken {
			t.Error("there is no first value")
		}
	})
}

// A wait inside the sequence ends with ctx, not after it.
func TestSequencesEndWithTheirContext(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errGone)

	assert.Empty(t, slices.Collect(Countdown(ctx, 3)))
	pairs := 0
	for _, err := range Numbers(ctx, 3) {
		assert.ErrorIs(t, err, errGone)
		pairs++
	}
	assert.Equal(t, 1, pairs, "the cause, and nothing after it")
	pairs = 0
	for page, err := range Pages(ctx, []string{"north", "south"}) {
		assert.Empty(t, page)
		assert.ErrorIs(t, err, errGone)
		pairs++
	}
	assert.Equal(t, 1, pairs, "nothing comes after an error")
}

func TestNumbersStopsWithTheLoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for i, err := range Numbers(t.Context(), 3) {
			require.NoError(t, err)
			assert.Zero(t, i)
			break
		}
	})
}

// Below one there is nothing to count, however far below.
func TestNothingToCount(t *testing.T) {
	for _, n := range []int{0, -1, math.MinInt} {
		assert.Empty(t, slices.Collect(Countdown(t.Context(), n)))
		for range Numbers(t.Context(), n) {
			t.Error("there is no number")
		}
	}
}

// A second loop over a sequence gets what the first one got: nothing of
// the first is left in it, nor taken from the urls.
func TestASequenceStartsAfresh(t *testing.T) {
	ctx, urls := context.Background(), []string{"north", "south"}
	for name, seq := range map[string]iter.Seq2[any, error]{
		"Numbers":  anything(Numbers(ctx, 2)),
		"Pages":    anything(Pages(ctx, urls)),
		"Prefetch": anything(Prefetch(ctx, 1, numbersTo(2))),
	} {
		synctest.Test(t, func(t *testing.T) {
			var loops [2][]any
			for i := range loops {
				for value, err := range seq {
					require.NoError(t, err)
					loops[i] = append(loops[i], value)
				}
			}
			assert.Len(t, loops[0], 2, name)
			assert.Equal(t, loops[0], loops[1], name)
		})
	}
}

// anything is seq with values of any type.
func anything[V any](seq iter.Seq2[V, error]) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		for value, err := range seq {
			if !yield(value, err) {
				return
			}
		}
	}
}

// opened is a sequence that knows whether it has been closed.
func opened(closed *bool) iter.Seq[int] {
	return func(yield func(int) bool) {
		defer func() { *closed = true }()
		for i := 0; yield(i); i++ {
		}
	}
}

// However the loop is left, the sequence has cleaned up by then.
func TestEveryWayOutRunsTheDefers(t *testing.T) {
	for name, leave := range map[string]func(iter.Seq[int]){
		"break": func(numbers iter.Seq[int]) {
			for range numbers {
				break
			}
		},
		"return": func(numbers iter.Seq[int]) {
			for range numbers {
				return
			}
		},
		"panic": func(numbers iter.Seq[int]) {
			defer func() { _ = recover() }()
			for range numbers {
				panic("bug in the loop")
			}
		},
		"stop": func(numbers iter.Seq[int]) {
			next, stop := iter.Pull(numbers)
			next()
			stop()
		},
	} {
		t.Run(name, func(t *testing.T) {
			var closed bool
			leave(opened(&closed))
			assert.True(t, closed)
		})
	}
}

// Before the first next there is nothing to clean up.
func TestStopBeforeNext(t *testing.T) {
	var closed bool
	next, stop := iter.Pull(opened(&closed))
	stop()
	_, ok := next()
	assert.False(t, ok)
	assert.False(t, closed, "the sequence never began")
}
