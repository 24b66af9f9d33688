package timeouts

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

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

// A Read that panics or exits leaves the reader to the caller, who may
// recover: the end of ctx does not close it any more.
func TestReadAllForgetsAReaderThatBreaks(t *testing.T) {
	for _, breaks := range []func(){
		func() { panic("broken") },
		runtime.Goexit,
	} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			closed := false
			r := closer{&endless{reads: 2, end: breaks}, &closed}
			go func() {
				defer func() { _ = recover() }()
				_, _ = ReadAll(ctx, r)
			}()
			synctest.Wait()
			cancel()
			synctest.Wait()
			assert.False(t, closed)
		})
	}
}

// answered ends when it is closed, as a TLS connection may: its peer
// answers the last words of Close with its own.
type answered struct {
	io.Reader
	over chan struct{}
}

func (a answered) Read(p []byte) (int, error) {
	if n, err := a.Reader.Read(p); err == nil {
		return n, nil
	}
	<-a.over
	return 0, io.EOF
}

func (a answered) Close() error { close(a.over); return nil }

// An end that Close has brought about is not the end of what there was
// to read.
func TestReadAllIsNotCompleteWhenItCloses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("caller is gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(unit, func() { cancel(gone) })
		half := strings.NewReader("half")
		data, err := ReadAll(ctx, answered{half, make(chan struct{})})
		assert.Equal(t, gone, err)
		assert.Equal(t, "half", string(data))
	})
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
	return func() bool { *s.after = func() {}; return true }
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

// dying ends the context with its last byte.
type dying struct {
	io.Reader
	end func()
}

func (d dying) Read(p []byte) (int, error) {
	n, err := d.Reader.Read(p)
	if err == io.EOF {
		d.end()
	}
	return n, err
}

func (dying) Close() error { return nil }

// What was complete when ctx ended is a success, if nobody has begun to
// close it. If somebody has, its end may have come of that.
func TestReadAllKeepsWhatIsComplete(t *testing.T) {
	all := func(end func()) dying {
		return dying{strings.NewReader("all of it"), end}
	}
	var after func()
	var ended bool
	ctx := sluggish{context.Background(), &after, &ended}
	data, err := ReadAll(ctx, all(func() { ended = true }))
	require.NoError(t, err)
	assert.Equal(t, "all of it", string(data))
	assert.Error(t, ctx.Err())

	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		data, err := ReadAll(ctx, all(cancel))
		assert.Equal(t, context.Canceled, err)
		assert.Equal(t, "all of it", string(data))
	})
}

// A pipe whose Fd was called has no deadlines, like one that the
// process has inherited. Close does not wake its Read; a byte does.
func TestCloseDoesNotWakeEveryPipe(t *testing.T) {
	r, w, err := os.Pipe()
	require.NoError(t, err)
	defer w.Close()
	_ = r.Fd()
	woken := make(chan error, 1)
	go func() {
		_, err := r.Read(make([]byte, 1))
		woken <- err
	}()
	stacks := make([]byte, 1<<20)
	for reading := false; !reading; { // until it is in the system call
		n := runtime.Stack(stacks, true)
		reading = strings.Contains(string(stacks[:n]), "syscall.Read(")
	}
	require.NoError(t, r.Close())
	_, err = w.Write([]byte("x"))
	require.NoError(t, err)
	assert.NoError(t, <-woken, "it got the byte")
}
