package cleanup

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

var errGone = errors.New("caller is gone")

// ending returns a context that ends after the delay.
func ending(
	t *testing.T, delay time.Duration,
) context.Context {
	ctx, cancel := context.WithCancelCause(t.Context())
	time.AfterFunc(delay, func() { cancel(errGone) })
	return ctx
}

// The end comes while Ask connects: there is nothing to close. Or it
// comes while Ask waits for the answer: only then does the connection
// close, which takes 100 ms.
func TestAskEndsWithItsContext(t *testing.T) {
	const ms = time.Millisecond
	for end, took := range map[time.Duration]time.Duration{
		50 * ms: 50 * ms, 150 * ms: 250 * ms,
	} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			_, err := Ask(ending(t, end), "db", "life")
			assert.Equal(t, errGone, err)
			assert.Equal(t, took, time.Since(start))
		})
	}
}

// WithConn gives up a connection that takes too long, and lends its
// context together with the connection.
func TestWithConnEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		err := WithConn(ending(t, 50*time.Millisecond), "db", nil)
		assert.Equal(t, errGone, err)
		assert.Equal(t, 50*time.Millisecond, time.Since(start))

		start = time.Now()
		err = WithConn(ending(t, 150*time.Millisecond), "db",
			func(ctx context.Context, _ *Conn) error {
				<-ctx.Done()
				return context.Cause(ctx)
			})
		assert.Equal(t, errGone, err)
		assert.Equal(t, 250*time.Millisecond, time.Since(start))
	})
}

// The end of the caller's ctx reaches use, which waits for it.
func TestWithAllEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		err := WithAll(ending(t, 250*time.Millisecond),
			[]string{"a", "b"}, Connect,
			func(ctx context.Context, _ []*Conn) error {
				<-ctx.Done()
				return context.Cause(ctx)
			})
		assert.Equal(t, errGone, err)
		assert.Equal(t, 450*time.Millisecond, time.Since(start))
	})
}

// What ctx knows, each step of WithAll knows.
func TestWithAllHandsItsContextOn(t *testing.T) {
	knows := func(ctx context.Context) {
		assert.Equal(t, "ann", ctx.Value(userKey{}))
	}
	steps := 0
	err := WithAll(
		context.WithValue(t.Context(), userKey{}, "ann"),
		[]string{"a"},
		func(ctx context.Context, _ string) (Closer, error) {
			knows(ctx)
			steps++
			return closeFunc(func(ctx context.Context) error {
				knows(ctx)
				steps++
				return nil
			}), nil
		},
		func(ctx context.Context, all []Closer) error {
			knows(ctx)
			steps++
			return nil
		})
	assert.NoError(t, err)
	assert.Equal(t, 3, steps)
}

// A panic in use closes what is open, and goes on.
func TestWithAllClosesAfterAPanic(t *testing.T) {
	var r recorder
	assert.PanicsWithValue(t, "boom", func() {
		_ = WithAll(t.Context(), []string{"a", "b"}, r.open,
			func(context.Context, []Closer) error { panic("boom") })
	})
	assert.Equal(t, []string{"b", "a"}, r.closed)
}

// A Close that has no time left says what stays open, and why.
func TestConnCloseKeepsTheCause(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errGone)
	err := (&Conn{"db"}).Close(ctx)
	assert.ErrorIs(t, err, errGone)
	assert.EqualError(t, err, "db left open: caller is gone")
}

// The caller's end comes while use runs. What use makes of it is its
// own affair: a success stays one, and an error says more than the
// cause.
func TestUseHasTheLastWord(t *testing.T) {
	for _, want := range []error{nil, errors.New("half of it sent")} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			err := WithConn(ctx, "db",
				func(context.Context, *Conn) error {
					cancel()
					return want
				})
			assert.Equal(t, want, err)

			ctx, cancel = context.WithCancel(t.Context())
			err = WithAll(ctx, []string{"db"}, Connect,
				func(context.Context, []*Conn) error {
					cancel()
					return want
				})
			assert.Equal(t, want, err)
		})
	}
}
