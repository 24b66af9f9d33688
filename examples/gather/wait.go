package gather

import (
	"context"
	"errors"
	"time"
)

// ErrNoTasks reports a wait for nothing, which would never end.
var ErrNoTasks = errors.New("gather: no tasks to wait for")

// start runs the tasks and delivers each Result as it comes.
func start[T any](
	ctx context.Context, tasks []Task[T],
) <-chan Result[T] {
	//docs:snippet buffer
	// One free slot per task: a send never blocks, so a task can end
	// even when nobody is left to receive.
	results := make(chan Result[T], len(tasks))
	for i, task := range tasks {
		go func() {
			value, err := task(ctx)
			results <- Result[T]{i, value, err}
		}()
	}
	return results
}

// First runs the tasks at the same time and returns the Result of the
// one that finishes first, be it a value or an error. It cancels the
// context of the others and waits until each has returned.
func First[T any](
	ctx context.Context, tasks ...Task[T],
) (Result[T], error) {
	if len(tasks) == 0 {
		return Result[T]{}, ErrNoTasks
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := start(ctx, tasks)

	first := <-results
	cancel()
	// Cancelling only asks. Receiving the rest sees them gone.
	for range len(tasks) - 1 {
		<-results
	}
	return first, nil
}

// Wait runs the tasks at the same time and collects what finishes
// before the timeout, in order of arrival. It cancels nothing: the
// other tasks go on, and their len(tasks)-len(done) Results arrive on
// pending, which is never closed. The caller ends ctx when it no longer
// wants them.
func Wait[T any](
	ctx context.Context, timeout time.Duration, tasks ...Task[T],
) (done []Result[T], pending <-chan Result[T]) {
	results := start(ctx, tasks)
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	for range tasks {
		select {
		case result := <-results:
			done = append(done, result)
		case <-timer.C:
			return done, results
		}
	}
	return done, results
}
