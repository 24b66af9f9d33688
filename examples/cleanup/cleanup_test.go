package cleanup

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// closeFunc is a teardown for tests.
type closeFunc func(context.Context) error

func (f closeFunc) Close(ctx context.Context) error { return f(ctx) }

type userKey struct{}

// The work is cancelled; its teardown gets a context that lives, knows
// what ctx knew, and has a deadline of its own.
func TestTeardownOutlivesCancellation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := context.WithValue(t.Context(), userKey{}, "ann")
		ctx, cancel := context.WithCancel(ctx)
		cancel()

		var err error
		Close(ctx, closeFunc(func(ctx context.Context) error {
			assert.NoError(t, ctx.Err())
			assert.Equal(t, "ann", ctx.Value(userKey{}))
			deadline, ok := ctx.Deadline()
			assert.True(t, ok)
			assert.Equal(t, grace, time.Until(deadline))
			return network(ctx)
		}), &err)
		assert.NoError(t, err)
	})
}

// A server that never answers costs five seconds, and not the shutdown.
func TestTeardownGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var err error
		Close(t.Context(), closeFunc(func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		}), &err)
		assert.ErrorIs(t, err, context.DeadlineExceeded)
		assert.Equal(t, 5*time.Second, time.Since(start))
	})
}

// A teardown that does not even look at its context is left behind. It
// delays the caller by ten seconds, and not by an hour.
func TestTeardownThatIgnoresItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		err := errDamaged
		Close(t.Context(), closeFunc(func(context.Context) error {
			time.Sleep(time.Hour)
			return errUnconfirmed
		}), &err)
		assert.ErrorIs(t, err, errDamaged)
		assert.ErrorIs(t, err, ErrStuck)
		assert.Equal(t, 2*grace, time.Since(start))
		time.Sleep(time.Hour) // it ends: nobody has to receive
	})
}

// They close one after the other, so three that are stuck cost three
// times as much as one.
func TestEveryStuckTeardownCosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		err := WithAll(t.Context(), []string{"a", "b", "c"},
			func(context.Context, string) (Closer, error) {
				return closeFunc(func(context.Context) error {
					time.Sleep(time.Hour)
					return nil
				}), nil
			}, func(context.Context, []Closer) error { return nil })
		assert.ErrorIs(t, err, ErrStuck)
		assert.Equal(t, 3*2*grace, time.Since(start))
		time.Sleep(time.Hour) // all of them end
	})
}

// What a teardown says about its time limit comes out: nobody gives up
// on it at the same instant.
func TestTeardownSaysWhatIsLeftOpen(t *testing.T) {
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			var err error
			Close(t.Context(), closeFunc(
				func(ctx context.Context) error {
					<-ctx.Done()
					return errUnconfirmed
				}), &err)
			require.Equal(t, errUnconfirmed.Error(), err.Error())
		})
	}
}

// Both errors come out, in the order in which they happened.
func TestCloseJoinsBothErrors(t *testing.T) {
	err := errDamaged
	Close(t.Context(), upload{}, &err)
	assert.ErrorIs(t, err, errDamaged)
	assert.ErrorIs(t, err, errUnconfirmed)
	assert.EqualError(t, err,
		"file is damaged\nupload not confirmed")
}

// A teardown that succeeds leaves the error of the work as it was.
func TestCloseKeepsASingleError(t *testing.T) {
	err := errDamaged
	fine := closeFunc(func(context.Context) error { return nil })
	Close(t.Context(), fine, &err)
	assert.Equal(t, errDamaged, err)
}

// When ctx ends before there is a connection, there is nothing to ask
// and nothing to close.
func TestConnectThatFailsClosesNothing(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)

	answer, err := Ask(ctx, "db", "life")
	assert.Equal(t, gone, err, "not joined with an error of Close")
	assert.Empty(t, answer)

	err = WithConn(ctx, "db", func(context.Context, *Conn) error {
		t.Error("lent a connection that is not there")
		return nil
	})
	assert.Equal(t, gone, err)
}

// Goexit is how FailNow ends a test. It runs deferred calls, too.
func TestGoexitCloses(t *testing.T) {
	closed := make(chan bool, 1)
	go func() {
		var err error
		defer Close(t.Context(), closeFunc(
			func(context.Context) error {
				closed <- true
				return nil
			}), &err)
		runtime.Goexit()
	}()
	assert.True(t, <-closed)
}

// recorder opens resources by name and keeps the order in which they
// close. One that is called "broken" does not open; each close fails.
type recorder struct{ closed []string }

func (r *recorder) open(
	_ context.Context, name string,
) (Closer, error) {
	if name == "broken" {
		return nil, errors.New("cannot open")
	}
	return closeFunc(func(context.Context) error {
		r.closed = append(r.closed, name)
		return errors.New("close " + name)
	}), nil
}

// The third does not open: the first two close, the last one first, and
// no error is lost.
func TestWithAllClosesWhatWasOpened(t *testing.T) {
	var r recorder
	err := WithAll(t.Context(), []string{"a", "b", "broken", "d"},
		r.open, func(context.Context, []Closer) error {
			t.Error("used although one is missing")
			return nil
		})
	assert.Equal(t, []string{"b", "a"}, r.closed)
	assert.EqualError(t, err, "cannot open\nclose b\nclose a")
}

// A context that ends during the opening ends it, also if open does not
// look at it. What is open already is closed.
func TestWithAllOpensNothingAfterTheEnd(t *testing.T) {
	for _, names := range [][]string{{"a"}, {"a", "b"}} {
		gone := errors.New("caller is gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		var r recorder
		err := WithAll(ctx, names,
			func(ctx context.Context, name string) (Closer, error) {
				cancel(gone)
				return r.open(ctx, name)
			}, func(context.Context, []Closer) error {
				t.Error("used after the end")
				return nil
			})
		assert.ErrorIs(t, err, gone)
		assert.Equal(t, []string{"a"}, r.closed)
	}
}

// The work needs 100 ms, the connection 200: none of it is skipped.
func TestAskTakesThreeRoundTrips(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		answer, err := Ask(t.Context(), "db", "death")
		require.NoError(t, err)
		assert.Equal(t, "answer to death", answer)
		assert.Equal(t, 300*time.Millisecond, time.Since(start))
	})
}

// One resource per name, in the order of the names, which stay the
// caller's. They are all open until use is done, and then the last one
// closes first.
func TestWithAllLendsOnePerName(t *testing.T) {
	for _, n := range []int{0, 1, 100} {
		var names []string
		for i := range n {
			names = append(names, strconv.Itoa(i))
		}
		given := slices.Clone(names)
		var lent, closed []string
		used := false
		err := WithAll(t.Context(), given,
			func(_ context.Context, name string) (named, error) {
				return named{name, &closed}, nil
			},
			func(_ context.Context, all []named) error {
				for _, c := range all {
					lent = append(lent, c.name)
				}
				assert.Empty(t, closed)
				used = true
				return nil
			})
		assert.NoError(t, err)
		assert.True(t, used, "also without names")
		assert.Equal(t, names, lent)
		assert.Equal(t, names, given)
		slices.Reverse(closed)
		assert.Equal(t, names, closed)
	}
}

// named is a resource that says when it is closed.
type named struct {
	name   string
	closed *[]string
}

func (n named) Close(context.Context) error {
	*n.closed = append(*n.closed, n.name)
	return nil
}
