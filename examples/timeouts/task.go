package timeouts

import "context"

// A Task is a function that runs in a goroutine of its own, and that
// you can stop.
type Task struct {
	cancel context.CancelCauseFunc
	done   chan struct{}
	err    error // set before done is closed
}

// Start runs f in a new goroutine. f must return soon after its context
// ends.
func Start(
	ctx context.Context, f func(ctx context.Context) error,
) *Task {
	ctx, cancel := context.WithCancelCause(ctx)
	t := &Task{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(t.done)
		// If f ends by itself, nobody else frees the context.
		defer cancel(nil)
		t.err = f(ctx)
	}()
	return t
}

// Stop ends the task's context with the cause, waits until the task has
// returned, and returns its error.
func (t *Task) Stop(cause error) error {
	t.cancel(cause)
	// cancel only asks. This receive sees the task gone, with all
	// that it has deferred.
	<-t.done
	return t.err
}
