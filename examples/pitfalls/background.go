package pitfalls

import (
	"context"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
)

// RunAll runs the jobs at the same time, waits for all of them, and
// returns the first error. A panic counts as an error.
func RunAll(jobs ...func() error) error {
	var g errgroup.Group
	ctx := context.Background() // no failure ends the other jobs
	for _, job := range jobs {
		g.Go(sound(ctx, func() error { return guard(job) }))
	}
	return g.Wait()
}

// guard calls job and returns its panic, if any, as a *PanicError.
func guard(job func() error) (err error) {
	// Only a deferred function of the same goroutine can recover.
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{v, debug.Stack()}
		}
	}()
	return job()
}
