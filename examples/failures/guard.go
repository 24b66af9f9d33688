package failures

import (
	"context"
	"fmt"
	"runtime/debug"
)

// A PanicError is a panic that Guard has turned into an error.
type PanicError struct {
	Value any    // what panic was called with
	Stack []byte // where, for the log
}

func (e *PanicError) Error() string {
	return fmt.Sprint("panic: ", e.Value)
}

// Unwrap lets errors.Is see an error that panic was called with.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}

// Guard returns a function that calls job and returns the panic of job,
// if there is one, as a *PanicError. Give it to the group: only the
// goroutine that panics can recover.
func Guard(job func() error) func() error {
	// For sound, a job that exits is a failure, too.
	return sound(context.Background(), func() (err error) {
		// The deferred function is the last chance before the top of
		// the goroutine. It sets the named result.
		defer func() {
			if value := recover(); value != nil {
				err = &PanicError{value, debug.Stack()}
			}
		}()
		return job()
	})
}
