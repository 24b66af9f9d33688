package failures

import (
	"cmp"
	"context"
	"runtime/debug"
)

// Guard is sound for a job that may panic: it returns the panic, if
// there is one, as a *PanicError. Give it to the group: only the
// goroutine that panics can recover.
func Guard(ctx context.Context, job func() error) func() error {
	return func() error {
		var bug error
		// For sound, a job that exits is a failure, too.
		err := sound(ctx, func() (err error) {
			// A go line below 1.21 hides panic(nil) from recover.
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
