package practices

import (
	"context"
	"errors"
	"net"
	"os"
	"os/signal"
	"runtime"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

// After the last test and Example, no goroutine may be left. Nothing
// that a function here starts outlives its return.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestRunUntilSignalReturnsTheError(t *testing.T) {
	broken := errors.New("broken")
	var inside context.Context
	err := RunUntilSignal(t.Context(), func(ctx context.Context) error {
		assert.NoError(t, ctx.Err())
		inside = ctx
		return broken
	})
	assert.ErrorIs(t, err, broken)
	assert.Error(t, inside.Err(), "stop was called")
}

// Both signals end the context, and the cause names the one that came.
func TestRunUntilSignalHearsBothSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a process cannot send itself a signal")
	}
	self, err := os.FindProcess(os.Getpid())
	require.NoError(t, err)
	// Whatever RunUntilSignal listens to, no signal ends this test.
	spare := make(chan os.Signal, 1)
	signal.Notify(spare, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(spare)
	for _, sent := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		err := RunUntilSignal(ctx, func(ctx context.Context) error {
			require.NoError(t, self.Signal(sent))
			<-ctx.Done()
			return context.Cause(ctx)
		})
		assert.ErrorContains(t, err, sent.String())
	}
}

// Two of ten are at work at any time, never three.
func TestForEachKeepsTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now, peak atomic.Int32
		start := time.Now()
		err := ForEach(t.Context(), 2, make([]int, 10),
			func(ctx context.Context, _ int) error {
				n := now.Add(1)
				defer now.Add(-1)
				for p := peak.Load(); n > p; p = peak.Load() {
					peak.CompareAndSwap(p, n)
				}
				return Pause(ctx, time.Second)
			})
		require.NoError(t, err)
		assert.EqualValues(t, 2, peak.Load())
		assert.Equal(t, 5*time.Second, time.Since(start))
	})
}

// One fails, and the other ends with its context. The third, which
// ignores it, does not begin.
func TestForEachStopsAtAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		began, stopped := make(chan bool), make(chan error, 1)
		err := ForEach(t.Context(), 2, []string{"a", "b", "c"},
			func(ctx context.Context, item string) error {
				switch item {
				case "a":
					close(began)
					<-ctx.Done()
					stopped <- context.Cause(ctx)
					return context.Cause(ctx)
				case "b":
					<-began // fail while the other one works
					return broken
				}
				t.Error("began after the failure")
				return nil
			})
		assert.Equal(t, broken, err)
		assert.Equal(t, broken, <-stopped)
	})
}

func TestPauseWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		assert.NoError(t, Pause(t.Context(), time.Second))
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// A thousand goroutines block at the same time, and none of them keeps
// the others waiting.
func TestBlockingNeedsNoExecutor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var now atomic.Int32
		all := make(chan struct{})
		listeners := make([]func(), 1000)
		for i := range listeners {
			listeners[i] = func() {
				if now.Add(1) == 1000 {
					close(all) // everybody is here
				}
				<-all
				time.Sleep(time.Second)
			}
		}
		start := time.Now()
		Notify(listeners)
		assert.Equal(t, time.Second, time.Since(start))
	})
}

func TestTimedReportsInAPanic(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var took time.Duration
		assert.PanicsWithValue(t, "boom", func() {
			Timed(func() {
				time.Sleep(time.Second)
				panic("boom")
			}, func(d time.Duration) { took = d })
		})
		assert.Equal(t, time.Second, took)
	})
}

// Three workers share twelve items of a second each.
func TestDrainSharesTheWork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var sum atomic.Int32
		start := time.Now()
		require.NoError(t, Drain(3, Numbers(12), func(n int) {
			time.Sleep(time.Second)
			sum.Add(int32(n))
		}))
		assert.EqualValues(t, 66, sum.Load())
		assert.Equal(t, 4*time.Second, time.Since(start))
	})
}

func TestDialReachesAnAddress(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	port := listener.Addr().(*net.TCPAddr).Port
	conn, err := Dial(t.Context(), "127.0.0.1", port)
	require.NoError(t, err)
	assert.NoError(t, conn.Close())
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

func TestClientHasATimeout(t *testing.T) {
	assert.Positive(t, Client.Timeout)
}

func TestSumIsTheSameInParts(t *testing.T) {
	for _, n := range []int{0, 1, 7, 1000} {
		numbers := make([]int, n)
		for i := range numbers {
			numbers[i] = i
		}
		assert.Equal(t, n*(n-1)/2, Sum(numbers), "below %d", n)
	}
}

// Run both and compare: go test -bench Sum ./examples/practices
func BenchmarkSum(b *testing.B) {
	numbers := make([]int, 10_000_000)
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			sumOne(numbers)
		}
	})
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			Sum(numbers)
		}
	})
}
