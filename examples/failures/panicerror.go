package failures

import "fmt"

// A PanicError is a panic that a recover has made an error. It is a
// bug: log its stack.
type PanicError struct {
	Value any    // what panic was called with
	Stack []byte // where
}

func (e *PanicError) Error() string {
	return fmt.Sprint("panic: ", e.Value)
}

// Unwrap lets errors.Is see an error that panic was called with.
func (e *PanicError) Unwrap() error {
	err, _ := e.Value.(error)
	return err
}
