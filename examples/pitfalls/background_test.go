package pitfalls

import (
	"errors"
	"io"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The panic of one job is an error, with its stack, and the other job
// is not disturbed.
func TestRunAllSurvivesPanic(t *testing.T) {
	var saved atomic.Bool
	err := RunAll(
		func() error { panic(io.EOF) },
		func() error { saved.Store(true); return nil },
	)
	boom, ok := errors.AsType[*PanicError](err)
	require.True(t, ok)
	assert.Equal(t, io.EOF, boom.Value)
	assert.ErrorIs(t, err, io.EOF)
	assert.Contains(t, string(boom.Stack), "TestRunAllSurvivesPanic")
	assert.True(t, saved.Load())
}

// A hundred jobs of a second each take one second.
func TestRunAllRunsAllAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		job := func() error { time.Sleep(time.Second); return nil }
		start := time.Now()
		err := RunAll(slices.Repeat([]func() error{job}, 100)...)
		assert.NoError(t, err)
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// A failure ends no other job, not even one that has yet to begin.
func TestRunAllRunsAllAfterAFailure(t *testing.T) {
	var ran atomic.Int32
	fail := func() error { ran.Add(1); return io.EOF }
	err := RunAll(slices.Repeat([]func() error{fail}, 100)...)
	assert.Equal(t, io.EOF, err)
	assert.EqualValues(t, 100, ran.Load())
}

// A panic while the job exits, as in a clean-up that it has deferred,
// is a panic all the same.
func TestRunAllKeepsThePanicOfAnExit(t *testing.T) {
	err := RunAll(func() error {
		defer func() { panic(io.EOF) }()
		runtime.Goexit()
		return nil
	})
	bug, ok := errors.AsType[*PanicError](err)
	require.True(t, ok, "%v", err)
	assert.Equal(t, io.EOF, bug.Value)
}

// Up to Go 1.20, or with such a go line, panic(nil) panics with nil,
// and recover returns nil. The job has not succeeded for that.
func TestRunAllOfAPanicWithNil(t *testing.T) {
	t.Setenv("GODEBUG", "panicnil=1")
	var none any
	err := RunAll(func() error { panic(none) })
	assert.Equal(t, ErrExited, err)
}
