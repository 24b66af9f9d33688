package practices

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"runtime"
	"sync"
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

// A run that ends well has ended well, also after the context ended.
func TestRunUntilSignalReturnsNil(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	assert.NoError(t, RunUntilSignal(ctx, func(context.Context) error {
		cancel()
		return nil
	}))
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

// One fails, and the other ends with its context. ForEach waits for it.
// The third, which ignores the context, does not begin.
func TestForEachStopsAtAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("broken")
		began, stopped := make(chan bool), make(chan error, 1)
		start := time.Now()
		err := ForEach(t.Context(), 2, []string{"a", "b", "c"},
			func(ctx context.Context, item string) error {
				switch item {
				case "a":
					close(began)
					<-ctx.Done()
					stopped <- context.Cause(ctx)
					time.Sleep(time.Second) // cleans up
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
		assert.Equal(t, time.Second, time.Since(start))
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

// A panic is a way out, and so is an exit.
func TestTimedReportsOnEveryWayOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var took []time.Duration
		late := func(out func()) {
			Timed(func() {
				time.Sleep(time.Second)
				out()
			}, func(d time.Duration) { took = append(took, d) })
		}
		assert.PanicsWithValue(t, "boom", func() {
			late(func() { panic("boom") })
		})
		var caller sync.WaitGroup
		caller.Go(func() { late(runtime.Goexit) })
		caller.Wait()
		want := []time.Duration{time.Second, time.Second}
		assert.Equal(t, want, took)
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

// The default transport keeps them.
func TestClientKeepsConnections(t *testing.T) {
	assert.Nil(t, Client.Transport)
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

// Whoever passes numbers to Sum or Squares has them as they were.
func TestNumbersStayAsTheyWere(t *testing.T) {
	numbers := []int{1, 2, 3}
	assert.Equal(t, 6, Sum(numbers))
	assert.Equal(t, []int{1, 4, 9}, Squares(numbers))
	assert.Equal(t, []int{1, 2, 3}, numbers)
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
