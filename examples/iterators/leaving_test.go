package iterators

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

var errBroken = errors.New("broken")

// A loop that panics closes the session, as one that returns does.
func TestPanicInTheLoopClosesTheSession(t *testing.T) {
	got := rules.Printed(t, func() {
		assert.PanicsWithValue(t, "boom", func() {
			for range Pages(t.Context(), []string{"a", "b"}) {
				panic("boom")
			}
		})
	})
	assert.Equal(t, "fetched a\nsession closed\n", got)
}

// A page that did not come was not fetched.
func TestPagesSaysNothingOfWhatIsNotThere(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errGone)
	got := rules.Printed(t, func() {
		for _, err := range Pages(ctx, []string{"a"}) {
			assert.Equal(t, errGone, err)
		}
	})
	assert.Equal(t, "session closed\n", got)
}

// The end comes while the second page does: it is the last pair.
func TestPagesEndsInTheMiddle(t *testing.T) {
	var pages []string
	var errs []error
	got := rules.Printed(t, func() {
		synctest.Test(t, func(t *testing.T) {
			ctx := ending(t, 3*unit/2)
			for page, err := range Pages(ctx, []string{"a", "b", "c"}) {
				pages, errs = append(pages, page), append(errs, err)
			}
		})
	})
	assert.Equal(t, []string{"page of a", ""}, pages)
	assert.Equal(t, []error{nil, errGone}, errs)
	assert.Equal(t, "fetched a\nsession closed\n", got)
}

// There is no number beside the cause.
func TestNumbersYieldsZeroBesideTheCause(t *testing.T) {
	for _, delay := range []time.Duration{0, unit / 2} {
		synctest.Test(t, func(t *testing.T) {
			ctx := ending(t, delay)
			time.Sleep(time.Nanosecond) // 0 is before the loop
			pairs := 0
			for i, err := range Numbers(ctx, 3) {
				assert.Zero(t, i)
				assert.Equal(t, errGone, err)
				pairs++
			}
			assert.Equal(t, 1, pairs)
		})
	}
}

// ending returns a context that ends after the delay.
func ending(t *testing.T, delay time.Duration) context.Context {
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(delay, func() { cancel(errGone) })
	return ctx
}

// A panic in the loop leaves no goroutine behind: neither that of a
// source that waits for room, nor that of one that waits for its end.
func TestPanicInTheLoopEndsTheSource(t *testing.T) {
	for name, source := range map[string]func(
		context.Context) iter.Seq2[int, error]{
		"endless": func(context.Context) iter.Seq2[int, error] {
			return func(yield func(int, error) bool) {
				for yield(1, nil) {
				}
			}
		},
		"waiting": func(ctx context.Context) iter.Seq2[int, error] {
			return func(yield func(int, error) bool) {
				yield(1, nil)
				<-ctx.Done()
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				gone := false
				watched := func(
					ctx context.Context,
				) iter.Seq2[int, error] {
					return func(yield func(int, error) bool) {
						defer func() {
							time.Sleep(unit) // to be waited for
							gone = true
						}()
						source(ctx)(yield)
					}
				}
				assert.PanicsWithValue(t, "boom", func() {
					for range Prefetch(t.Context(), 0, watched) {
						panic("boom")
					}
				})
				assert.True(t, gone, "joined before the panic goes on")
			})
		})
	}
}

// The loop is left at the first of many errors. The source is not asked
// for another one.
func TestPrefetchLeavesASourceOfErrors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		source := func(context.Context) iter.Seq2[int, error] {
			return func(yield func(int, error) bool) {
				for asked = 1; asked < 10; asked++ {
					if !yield(0, errBroken) {
						return
					}
				}
			}
		}
		for _, err := range Prefetch(t.Context(), 0, source) {
			assert.Equal(t, errBroken, err)
			synctest.Wait() // the second one waits for room
			break
		}
		assert.Equal(t, 2, asked)
	})
}

// The source says itself why it ends: the loop hears it once.
func TestPrefetchSaysTheCauseOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(unit/2, func() { cancel(errGone) })
		var got []error
		for _, err := range Prefetch(ctx, 1, numbersTo(3)) {
			got = append(got, err)
		}
		assert.Equal(t, []error{errGone}, got)
	})
}

// countdownFrom is Countdown for n, as Prefetch wants it: it ends
// without a word.
func countdownFrom(
	n int,
) func(context.Context) iter.Seq2[int, error] {
	return func(ctx context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			for i := range Countdown(ctx, n) {
				if !yield(i, nil) {
					return
				}
			}
		}
	}
}

// A source that ends with its context, and does not say so, has not
// come to its end: the loop must not look complete.
func TestPrefetchSaysWhatTheSourceDoesNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(5*unit/2, func() { cancel(errGone) })
		var got []int
		var last error
		for i, err := range Prefetch(ctx, 1, countdownFrom(9)) {
			got, last = append(got, i), err
		}
		assert.Equal(t, []int{8, 7, 0}, got)
		assert.Equal(t, errGone, last)
	})
}

// A source that came to its end before its context did is complete.
func TestPrefetchIsCompleteBeforeTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		var got []int
		for i, err := range Prefetch(ctx, 2, countdownFrom(2)) {
			assert.NoError(t, err)
			got = append(got, i)
			time.Sleep(2 * unit) // the source ends meanwhile
			cancel(errGone)
		}
		assert.Equal(t, []int{1, 0}, got)
	})
}

// An error among the values that says what the cause will say is not
// yet the end: after the next value, the cause still comes.
func TestPrefetchSaysTheCauseAfterAValue(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	source := func(context.Context) iter.Seq2[int, error] {
		return func(yield func(int, error) bool) {
			if yield(1, errGone) {
				cancel(errGone)
				yield(2, nil)
			}
		}
	}
	var got []error
	for _, err := range Prefetch(ctx, 0, source) {
		got = append(got, err)
	}
	assert.Equal(t, []error{errGone, nil, errGone}, got)
}

// A source with an error per item, deaf to its context, is asked for no
// more when that ends. The cause is the last error, and comes once.
func TestPrefetchEndsADeafSourceOfErrors(t *testing.T) {
	for _, said := range []error{
		errBroken, context.Canceled, fmt.Errorf("no: %w", errGone),
	} {
		ctx, cancel := context.WithCancelCause(t.Context())
		asked := 0
		source := func(context.Context) iter.Seq2[int, error] {
			return func(yield func(int, error) bool) {
				for asked < 10 {
					asked++
					if asked == 3 {
						cancel(errGone)
					}
					if !yield(0, said) {
						return
					}
				}
			}
		}
		var got []error
		for _, err := range Prefetch(ctx, 0, source) {
			got = append(got, err)
		}
		want := []error{said, said, said}
		if !errors.Is(said, errGone) {
			want = append(want, errGone)
		}
		assert.Equal(t, want, got)
		assert.Equal(t, 3, asked)
	}
}
