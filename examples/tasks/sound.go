package tasks

import (
	"context"
	"errors"
	"sync"
)

// ErrExited reports a job that called runtime.Goexit, as t.FailNow and
// require do, and so never returned.
var ErrExited = errors.New("job exited without returning")

// sound returns job in a form that an errgroup can trust. A group takes
// a job that never returns for a success, and lets Wait return while a
// panic has yet to end the program.
func sound(ctx context.Context, job func() error) func() error {
	return func() error {
		err := ErrExited // stays if job never returns
		var wg sync.WaitGroup
		wg.Go(func() {
			// Look here, not before Go: ctx may end in between.
			if ctx.Err() != nil {
				err = context.Cause(ctx) // too late to begin
				return
			}
			err = job()
		})
		// After a panic in job this Wait does not return: the
		// program ends.
		wg.Wait()
		return err
	}
}
