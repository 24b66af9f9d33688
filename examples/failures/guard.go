package failures

import (
	"cmp"
	"context"
	"runtime/debug"
)

// Guard returns a function that calls job and returns the panic of job,
// if there is one, as a *PanicError. Give it to the group: only the
// goroutine that panics can recover. It knows no context, and begins
// also after the end; sound(ctx, Guard(job)) does not.
func Guard(job func() error) func() error {
	return func() error {
		var bug error
		// For sound, a job that exits is a failure, too.
		err := sound(context.Background(), func() (err error) {
			// With an old go line, recover sees no panic(nil).
			err = ErrExited
			// The deferred function is the last chance before the top
			// of the goroutine.
			defer func() {
				if value := recover(); value != nil {
					bug = &PanicError{value, debug.Stack()}
				}
			}()
			return job()
		})()
		return cmp.Or(bug, err) // a job may panic as it exits
	}
}
