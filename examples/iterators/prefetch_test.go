package iterators

import (
	"context"
	"errors"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rules"
)

// numbersTo is Numbers for n, as Prefetch wants it.
func numbersTo(n int) func(context.Context) iter.Seq2[int, error] {
	return func(ctx context.Context) iter.Seq2[int, error] {
		return Numbers(ctx, n)
	}
}

// Three numbers of 100 ms, and 200 ms of work on each: 900 ms if they
// take turns, 700 ms if all but the first come during the work.
func TestPrefetchOverlaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start, want := time.Now(), 0
		for i, err := range Prefetch(t.Context(), 1, numbersTo(3)) {
			require.NoError(t, err)
			assert.Equal(t, want, i, "the order stays")
			want++
			time.Sleep(2 * unit)
		}
		assert.Equal(t, 3, want)
		assert.Equal(t, 7*unit, time.Since(start))
	})
}

// The loop is left while the source waits for its second number. The
// source ends at once, and has ended before the next line.
func TestPrefetchJoinsItsGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ended := false
		source := func(ctx context.Context) iter.Seq2[int, error] {
			return func(yield func(int, error) bool) {
				// No lock: the loop must not be over before this.
				defer func() { ended = true }()
				Numbers(ctx, 9)(yield)
			}
		}
		start := time.Now()
		for _, err := range Prefetch(t.Context(), 1, source) {
			require.NoError(t, err)
			break
		}
		assert.True(t, ended)
		assert.Equal(t, 1*unit, time.Since(start))
	})
}

// A slow loop holds the source back: with room for two, it is never
// more than three values ahead. Without room it has one value in hand.
func TestPrefetchIsBounded(t *testing.T) {
	for _, ready := range []int{-1, 0, 1, 2, 100} {
		synctest.Test(t, func(t *testing.T) {
			made := 0
			source := func(context.Context) iter.Seq2[int, error] {
				return func(yield func(int, error) bool) {
					for made++; yield(made, nil); made++ {
					}
				}
			}
			for i := range Prefetch(t.Context(), ready, source) {
				synctest.Wait() // until the source can do no more
				assert.Equal(t, i+max(ready, 0)+1, made)
				if i == 5 {
					break
				}
			}
		})
	}
}

// An error of the source arrives in its place, with its value and among
// the others. Whether it is the last, the source decides, or the loop.
func TestPrefetchPassesErrorsOn(t *testing.T) {
	refused := errors.New("connection refused")
	source := func(context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			_ = yield(1, nil) && yield(2, refused) && yield(3, nil)
		}
	}
	var values []int
	var errs []error
	for value, err := range Prefetch(t.Context(), 4, source) {
		values, errs = append(values, value), append(errs, err)
	}
	assert.Equal(t, []int{1, 2, 3}, values)
	assert.Equal(t, []error{nil, refused, nil}, errs)
}

// A source that waits without its context delays the end of the loop,
// however long it takes.
func TestPrefetchWaitsForADeafSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		source := func(context.Context) iter.Seq2[int, error] {
			return func(yield func(int, error) bool) {
				yield(1, nil)
				time.Sleep(time.Hour)
			}
		}
		start := time.Now()
		for range Prefetch(t.Context(), 1, source) {
			break
		}
		assert.Equal(t, time.Hour, time.Since(start))
	})
}

// A source that never looks at its context is asked for no more when
// that ends. What is there already still comes, and then the cause.
func TestPrefetchEndsADeafSource(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		made := 0
		deaf := func(context.Context) iter.Seq2[int, error] {
			return func(yield func(int, error) bool) {
				for made++; yield(made, nil); made++ {
				}
			}
		}
		var values []int
		var last error
		for i, err := range Prefetch(ctx, 2, deaf) {
			if i == 1 {
				synctest.Wait() // two are ready, one is in hand
				cancel(errGone)
			}
			values, last = append(values, i), err
		}
		assert.Equal(t, []int{1, 2, 3, 4, 0}, values)
		assert.Equal(t, errGone, last)
		assert.Equal(t, 4, made)
	})
}

// A source that exits has not come to its end.
func TestPrefetchReportsAnExit(t *testing.T) {
	rules.Exits(t, func(job func()) (last error) {
		ctx := context.Background()
		for _, err := range Prefetch(ctx, 1, exiting(job)) {
			last = err
		}
		return last
	})
}

// exiting is a source with one value, after which it calls job.
func exiting(
	job func(),
) func(context.Context) iter.Seq2[int, error] {
	return func(context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			yield(1, nil)
			job()
		}
	}
}

// When the caller's context ends, the loop does not end in silence,
// even if nobody was there to take the error when it came.
func TestPrefetchReportsTheCause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		var last error
		for i, err := range Prefetch(ctx, 0, numbersTo(9)) {
			if err == nil && i == 1 {
				cancel(errGone)
				synctest.Wait() // until the source waits to say so
			}
			last = err
		}
		assert.ErrorIs(t, last, errGone)
	})
}

// tardy is a context that has yet to tell its children of its end.
type tardy struct{ context.Context }

func (tardy) AfterFunc(func()) func() bool {
	return func() bool { return true }
}

func (tardy) Done() <-chan struct{} { return make(chan struct{}) }

// Prefetch works with a child of ctx, and a source that ends with ctx,
// without a word, may see the end before the child does.
func TestPrefetchOfASourceThatSeesTheEndFirst(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	source := func(context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			yield(1, nil)
			cancel(errGone)
		}
	}
	var got []error
	for _, err := range Prefetch(tardy{ctx}, 0, source) {
		got = append(got, err)
	}
	assert.Equal(t, []error{nil, errGone}, got)
}
