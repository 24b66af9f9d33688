package timeouts

import (
	"context"
	"errors"
	"io"
	"testing"
	"testing/iotest"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// endless always has a byte more. Its Close wakes nobody, for nobody
// waits; the third Read ends the context.
type endless struct {
	reads int
	end   func()
}

func (e *endless) Read(p []byte) (int, error) {
	if e.reads++; e.reads == 3 {
		e.end()
	}
	if e.reads == 100 {
		return 0, io.EOF // or a broken ReadAll would never end
	}
	return copy(p, "x"), nil
}

func (*endless) Close() error { return nil }

// What is ready is not read after the end. The cause comes back, even
// io.EOF, with what was read before.
func TestReadAllReadsNothingAfterTheEnd(t *testing.T) {
	for _, gone := range []error{errors.New("gone"), io.EOF} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			r := &endless{end: func() { cancel(gone) }}
			data, err := ReadAll(ctx, r)
			assert.Equal(t, gone, err)
			assert.Equal(t, "xxx", string(data))
			assert.Equal(t, 3, r.reads)
		})
	}
}

// A reader that is read to its end stays open, even if ctx ends. So
// does one that has failed by itself.
func TestReadAllLeavesTheReaderOpen(t *testing.T) {
	for _, want := range []error{nil, errors.New("lost")} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			closed := false
			r := io.LimitReader(&endless{}, 2)
			if want != nil {
				r = io.MultiReader(r, iotest.ErrReader(want))
			}
			_, err := ReadAll(ctx, closer{r, &closed})
			require.Equal(t, want, err)
			cancel()
			synctest.Wait()
			assert.False(t, closed)
		})
	}
}

// closer notes that somebody has closed it.
type closer struct {
	io.Reader
	closed *bool
}

func (c closer) Close() error { *c.closed = true; return nil }

// sluggish is a context that has ended, but has yet to run what
// AfterFunc was given.
type sluggish struct {
	context.Context
	after *func()
	ended *bool
}

func (s sluggish) AfterFunc(f func()) func() bool {
	*s.after = f
	return func() bool { return true }
}

func (sluggish) Done() <-chan struct{} { return make(chan struct{}) }

func (s sluggish) Err() error {
	if *s.ended {
		return context.Canceled
	}
	return nil
}

// ReadAll may see the end before AfterFunc does. It must not stop it: a
// reader that was not read to its end is closed.
func TestReadAllClosesAfterItHasReturned(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var after func()
		var ended, closed bool
		ctx := sluggish{context.Background(), &after, &ended}
		r := &endless{end: func() { ended = true }}
		_, err := ReadAll(ctx, closer{r, &closed})
		assert.Equal(t, context.Canceled, err)
		after()
		synctest.Wait()
		assert.True(t, closed)
	})
}
