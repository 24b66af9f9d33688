package pitfalls

import (
	"fmt"
	"runtime/debug"

	"golang.org/x/sync/errgroup"
)

// RunAll runs the tasks at the same time, waits for all of them, and
// returns the first error. A panic counts as an error.
func RunAll(tasks ...func() error) error {
	var g errgroup.Group
	for _, task := range tasks {
		g.Go(func() error { return guard(task) })
	}
	return g.Wait()
}

// A PanicError is a panic that was stopped at the top of its goroutine.
type PanicError struct {
	Value any
	Stack []byte // where it happened; log it, it is a bug
}

func (e *PanicError) Error() string {
	return fmt.Sprint("panic: ", e.Value)
}

// guard calls task and returns its panic, if any, as a *PanicError.
func guard(task func() error) (err error) {
	// Only a deferred function of the same goroutine can recover.
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{v, debug.Stack()}
		}
	}()
	return task()
}
