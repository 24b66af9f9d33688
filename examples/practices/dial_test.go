package practices

import (
	"context"
	"errors"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDialReachesAnAddress(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	port := listener.Addr().(*net.TCPAddr).Port
	conn, err := Dial(t.Context(), "127.0.0.1", port)
	require.NoError(t, err)
	assert.NoError(t, conn.Close())
}

// An address of the other kind goes together with a port, too: it is
// the network that refuses port 0, or does not know such addresses.
func TestDialTakesBothKindsOfAddress(t *testing.T) {
	for _, host := range []string{"127.0.0.1", "::1"} {
		_, err := Dial(t.Context(), host, 0)
		_, refused := errors.AsType[*os.SyscallError](err)
		assert.True(t, refused, "%s: %v", host, err)
	}
}

// Nobody answers which address the name stands for. Dial gives up by
// itself, or before that with its context.
func TestDialGivesUp(t *testing.T) {
	silent(t)
	gone := errors.New("caller is gone")
	dial := func(t *testing.T, limit time.Duration) (int, error) {
		ctx, cancel := context.WithTimeoutCause(t.Context(),
			limit, gone)
		defer cancel()
		start := time.Now()
		_, err := Dial(ctx, "server.example", 80)
		return int(time.Since(start).Seconds()), err
	}
	synctest.Test(t, func(t *testing.T) {
		seconds, err := dial(t, time.Second)
		assert.Equal(t, gone, err)
		assert.Equal(t, 1, seconds)

		seconds, err = dial(t, time.Hour)
		assert.ErrorContains(t, err, "timeout")
		assert.Equal(t, 5, seconds)
	})
}

// The network sees the deadline, and ctx has not ended yet.
func TestDialWaitsForTheCause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("caller is gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Millisecond, func() { cancel(gone) })
		_, err := Dial(late{ctx, time.Now()}, "127.0.0.1", 80)
		assert.Equal(t, gone, err)
	})
}

// When ctx has ended, nothing begins that would have to watch it.
func TestDialBeginsNothingTooLate(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Dial(unwatched{ctx, t}, "server.example", 80)
	assert.Equal(t, context.Canceled, err)
}

// unwatched is a context that nobody may watch.
type unwatched struct {
	context.Context
	t *testing.T
}

func (u unwatched) Done() <-chan struct{} {
	u.t.Error("somebody watches")
	return u.Context.Done()
}

// late is a context that ends a little after its deadline.
type late struct {
	context.Context
	deadline time.Time
}

func (l late) Deadline() (time.Time, bool) { return l.deadline, true }

// The connection is there when the context ends.
func TestDialKeepsAConnection(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	port := listener.Addr().(*net.TCPAddr).Port
	ctx := &endsSecond{Context: t.Context()}
	conn, err := Dial(ctx, "127.0.0.1", port)
	require.NoError(t, err)
	assert.NoError(t, conn.Close())
	assert.Error(t, ctx.Err())
}

// endsSecond is a context that has ended when somebody looks again.
type endsSecond struct {
	context.Context
	looks int
}

func (c *endsSecond) Err() error {
	if c.looks++; c.looks > 1 {
		return context.Canceled
	}
	return nil
}

// silent has no name server answer until the test ends.
func silent(t *testing.T) {
	resolver := net.DefaultResolver
	t.Cleanup(func() { net.DefaultResolver = resolver })
	net.DefaultResolver = &net.Resolver{
		PreferGo: true,
		Dial: func(
			ctx context.Context, _, _ string,
		) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		},
	}
	// The first look-up makes a channel for all the others. It must
	// not belong to a bubble.
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, _ = net.DefaultResolver.LookupHost(ctx, "localhost")
}
