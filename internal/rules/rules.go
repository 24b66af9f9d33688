// Package rules holds the functions of a chapter to the rules for
// functions that take a context:
//
//  1. A context that has ended before the call: nothing is started,
//     taken, sent or delivered; the cause is returned.
//  2. After the context ends, no further step begins, also when
//     another case of a select is ready.
//  3. What had finished before a limit is returned, not dropped.
//  4. The cause is returned, not ctx.Err().
//  5. Cleaning up takes bounded time.
//  6. A panic in a job ends the program before anybody can go on as if
//     nothing had happened; a job that calls runtime.Goexit neither
//     counts as a success nor hangs its waiter.
//  7. Zero, one and negative counts do what the comment says.
//
// A chapter lists its functions in one test, and says of each how to
// call it. Check finds the functions that are not listed, by their
// source.
package rules

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A Func says how to try one function that takes a context.
type Func struct {
	// Call calls the function, waits for what it began, and returns
	// its error. The work that it gives to the function is w's: each
	// job, item or message begins with w.Step or w.Job. Unless
	// Instant is set, a Call whose jobs wait must still wait after
	// 50 ms.
	Call func(ctx context.Context, w *Work) error

	// Jobs says that the function runs jobs of its caller: rules 2
	// and 6 are tried with w.Job.
	Jobs bool
	// Inline says that the function runs its jobs in the goroutine of
	// its caller: a job that exits takes the caller with it.
	Inline bool
	// Outlives says that the function works with a context of its own
	// also after the end, as its purpose: rules 5 and 6 are tried.
	Outlives bool
	// Instant says that the function never waits, so that no context
	// can end meanwhile.
	Instant bool
	// Silent says that the function reports no error, so that there
	// is no place for a cause.
	Silent bool
	// Guards says that the function turns a panic into an error, as
	// its purpose: rule 6 does not end the program.
	Guards bool
	// Leaves says why the function may return, when the context ends,
	// before its jobs have ended. Without a reason it waits for them,
	// however long they take.
	Leaves string
	// Grace is how long cleaning up may take after the end.
	Grace time.Duration

	// Finished tries rule 3. AllOrNothing says why there is nothing
	// to try: the function has no result that is ready in part.
	Finished     func(t *testing.T)
	AllOrNothing string
	// Nothing calls the function with nothing to do, and returns its
	// error. Rule 1 holds even so.
	Nothing func(ctx context.Context) error
	// Counts tries rule 7. A function that takes a number or a
	// duration needs it.
	Counts func(t *testing.T)
	// begins tries rule 2 on how a job begins.
	begins func(t *testing.T)
}

// rounds is how often a tie is tried: select takes either case.
const rounds = 100

// errCause is why the contexts of these tests end.
var errCause = errors.New("the caller has gone")

// Check tries the functions of the package in the current folder.
// funcs has them by name: All, Task.Wait, start.
func Check(t *testing.T, funcs map[string]Func) {
	t.Helper()
	if tryPanic(funcs) {
		return
	}
	found := takers(t, ".")
	for name, takes := range found {
		f, ok := funcs[name]
		if !assert.True(t, ok,
			"%s takes a context and is in no rule test", name) {
			continue
		}
		assert.True(t, f.Finished != nil || f.AllOrNothing != "",
			"%s: no test of rule 3, and no reason", name)
		if takes.count {
			assert.NotNil(t, f.Counts, "%s: no test of rule 7", name)
		}
	}
	for _, name := range names(funcs) {
		assert.Contains(t, found, name, "no such function")
		t.Run(name, func(t *testing.T) { funcs[name].check(t, name) })
	}
}

func names(funcs map[string]Func) []string {
	var all []string
	for name := range funcs {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

func (f Func) check(t *testing.T, name string) {
	if !f.Outlives {
		t.Run("ended", f.ended)
		t.Run("done", f.inDone)
	}
	if f.Nothing != nil {
		t.Run("nothing", f.nothing)
	}
	if !f.Instant {
		t.Run("cause", f.cause)
	}
	if f.Jobs {
		if !f.Outlives {
			t.Run("tie", f.tie)
		}
		if !f.Instant && !f.Outlives && f.Leaves == "" {
			t.Run("left", f.left)
		}
		if f.begins != nil {
			t.Run("begins", f.begins)
		}
		t.Run("exit", f.exit)
		t.Run("panic", func(t *testing.T) { f.panics(t, name) })
	}
	if f.Finished != nil {
		t.Run("finished", f.Finished)
	}
	if f.Counts != nil {
		t.Run("counts", f.Counts)
	}
}

// ended tries rule 1 and rule 4.
func (f Func) ended(t *testing.T) {
	for range rounds {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			cancel(errCause)
			w := &Work{}
			err := f.Call(ctx, w)
			synctest.Wait()
			require.Zero(t, w.Steps(), "steps after the end")
			if !f.Silent {
				require.ErrorIs(t, err, errCause)
			}
		})
	}
}

// cause tries rule 4 and rule 5: the context ends while the function
// waits.
func (f Func) cause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		const soon = 50 * time.Millisecond
		time.AfterFunc(soon, func() { cancel(errCause) })
		start := time.Now()
		err := f.Call(ctx, &Work{})
		took := time.Since(start)
		assert.GreaterOrEqual(t, took, soon, "it did not wait")
		assert.LessOrEqual(t, took, soon+f.Grace, "it stalls")
		if !f.Silent && !f.Outlives {
			assert.ErrorIs(t, err, errCause)
		}
	})
}

// tie tries rule 2: a step ends the context when all that could come
// next is ready.
func (f Func) tie(t *testing.T) {
	for range rounds {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancelCause(t.Context())
			defer cancel(nil)
			w := &Work{mode: ends, cancel: cancel}
			_ = f.Call(ctx, w)
			synctest.Wait()
			require.Zero(t, w.Late(), "steps begun after the end")
		})
	}
}

// left looks for jobs that still run when the function has returned.
func (f Func) left(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(errCause) })
		w := &Work{mode: lasts}
		_ = f.Call(ctx, w)
		assert.Zero(t, w.Running(), "jobs that still run")
		time.Sleep(2 * time.Hour) // until they have ended
	})
}

// exit tries the second half of rule 6.
func (f Func) exit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeoutCause(
			t.Context(), time.Hour, errors.New("it hangs"))
		defer cancel()
		start, returned := time.Now(), false
		var err error
		var caller sync.WaitGroup
		caller.Go(func() {
			err = f.Call(ctx, &Work{mode: exits})
			returned = true
		})
		caller.Wait()
		assert.Less(t, time.Since(start), time.Hour, "it hangs")
		assert.Equal(t, !f.Inline, returned)
		if !f.Silent && returned {
			assert.Error(t, err, "a job that exits is no success")
		}
	})
}
