package tasks

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"
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

// Work of 300, 100 and 200 ms takes 300 ms, and no result is early.
func TestTasksOverlap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		a := Start(t.Context(), process("A", 3*unit))
		b := Start(t.Context(), process("B", 1*unit))
		c := Start(t.Context(), process("C", 2*unit))
		assert.Zero(t, time.Since(start), "Start waits for nothing")

		for _, outcome := range []<-chan Outcome[string]{a, b, c} {
			assert.NoError(t, (<-outcome).Err)
		}
		assert.Equal(t, 3*unit, time.Since(start))
	})
}

// A goroutine that nobody asks for its result can still end: the bubble
// would report a deadlock if it could not.
func TestStartLeaksNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		Start(t.Context(), process("A", 1*unit))
		time.Sleep(2 * unit)
	})
}

// The channel of Start holds one outcome for one receiver.
func TestChannelHandsOutTheOutcomeOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outcome := Start(t.Context(), process("A", 1*unit))
		assert.Equal(t, "processed A", (<-outcome).Value)
		select {
		case <-outcome:
			t.Error("received a second outcome")
		case <-time.After(time.Hour):
		}
	})
}

// A Task keeps its result: three waiters, and one who comes late.
func TestEveryWaiterGetsTheResult(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		task := Spawn(t.Context(), "shared", process("A", 1*unit))
		var waiters sync.WaitGroup
		for range 3 {
			waiters.Go(func() {
				value, err := task.Wait(t.Context())
				assert.NoError(t, err)
				assert.Equal(t, "processed A", value)
			})
		}
		waiters.Wait()
		late, err := task.Wait(t.Context())
		assert.NoError(t, err)
		assert.Equal(t, "processed A", late)
	})
}

// The waiter gives up after 100 ms. The task needs 200 ms, and has
// them.
func TestWaiterThatGivesUpLeavesTheTask(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		task := Spawn(t.Context(), "slow", process("A", 2*unit))
		hurry := errors.New("no time")
		ctx, cancel := context.WithTimeoutCause(
			t.Context(), 1*unit, hurry)
		defer cancel()

		_, err := task.Wait(ctx)
		assert.ErrorIs(t, err, hurry)
		assert.Equal(t, 1*unit, time.Since(start))
		assert.False(t, task.Finished())

		<-task.Done()
		assert.Equal(t, 2*unit, time.Since(start))
		value, err := task.Wait(t.Context())
		require.NoError(t, err)
		assert.Equal(t, "processed A", value)
	})
}

// To stop the task, end the context that it was given.
func TestContextOfTheTaskStopsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shutdown := errors.New("server is shutting down")
		ctx, cancel := context.WithCancelCause(t.Context())
		task := Spawn(ctx, "stopped", process("A", 9*unit))
		synctest.Wait() // it has begun, or there is nothing to stop
		start := time.Now()
		cancel(shutdown)
		_, err := task.Wait(t.Context())
		assert.ErrorIs(t, err, shutdown)
		assert.Zero(t, time.Since(start))
	})
}

// The job takes an hour to end, and has a result even so. Until then
// the end of its context says nothing of what becomes of it.
func TestTheOutcomeIsThatOfTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		slow := func(ctx context.Context) (string, error) {
			<-ctx.Done()
			time.Sleep(time.Hour)
			return "half", io.ErrUnexpectedEOF
		}
		outcome := Start(ctx, slow)
		task := Spawn(ctx, "slow", slow)
		synctest.Wait() // both have begun
		cancel()
		start := time.Now()
		value, err := task.Wait(t.Context())
		assert.Equal(t, time.Hour, time.Since(start))
		want := Outcome[string]{"half", io.ErrUnexpectedEOF}
		assert.Equal(t, want, Outcome[string]{value, err})
		assert.Equal(t, want, <-outcome)
	})
}

// require ends its goroutine. The waiter is told so.
func TestAJobThatExitsIsNoSuccess(t *testing.T) {
	exit := func(context.Context) (string, error) {
		runtime.Goexit() // what t.FailNow does, and so require
		return "", nil
	}
	assert.Equal(t, ErrExited, (<-Start(t.Context(), exit)).Err)
	task := Spawn(t.Context(), "exits", exit)
	_, err := task.Wait(t.Context())
	assert.Equal(t, ErrExited, err)
}

func TestNameOfNothing(t *testing.T) {
	assert.Empty(t, NameOf(t.Context()))
}
