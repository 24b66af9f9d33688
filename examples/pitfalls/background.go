package pitfalls

import (
	"cmp"
	"context"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
)

// RunAll runs the jobs at the same time, waits for all of them, and
// returns the first error. A panic counts as an error.
func RunAll(jobs ...func() error) error {
	var g errgroup.Group
	for _, job := range jobs {
		g.Go(func() error { return guard(job) })
	}
	return g.Wait()
}

// guard calls job and returns its panic, if any, as a *PanicError.
func guard(job func() error) error {
	var bug error
	// No failure ends the other jobs, so none has a context to end.
	err := sound(context.Background(), func() (err error) {
		// A go line below 1.21 hides panic(nil) from recover.
		err = ErrExited
		// Only a deferred function of the same goroutine can recover.
		defer func() {
			if v := recover(); v != nil {
				bug = &PanicError{v, debug.Stack()}
			}
		}()
		return job()
	})()
	return cmp.Or(bug, err) // a job may panic as it exits
}
