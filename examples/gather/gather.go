// Package gather waits for several calls at once: for all of them, for
// all that succeed, for the first, or for a limited time.
package gather

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// A Task is one unit of work. It must return soon after ctx ends.
type Task[T any] func(ctx context.Context) (T, error)

// All runs the tasks at the same time and returns their values in the
// order of the arguments. When a task fails, All cancels the context of
// the others, waits until each has returned, and returns that first
// error.
func All[T any](ctx context.Context, tasks ...Task[T]) ([]T, error) {
	g, ctx := errgroup.WithContext(ctx)
	values := make([]T, len(tasks))
	for i, task := range tasks {
		g.Go(func() error {
			var err error
			values[i], err = task(ctx)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}

// A Result is what became of one task: its value, or its error.
type Result[T any] struct {
	Index int // the task's place among the arguments
	Value T
	Err   error
}

// Settle runs the tasks at the same time, lets each one finish whatever
// happens to the others, and returns one Result per task, in the order
// of the arguments.
func Settle[T any](ctx context.Context, tasks ...Task[T]) []Result[T] {
	results := make([]Result[T], len(tasks))
	var wg sync.WaitGroup
	for i, task := range tasks {
		wg.Go(func() {
			value, err := task(ctx)
			results[i] = Result[T]{i, value, err}
		})
	}
	wg.Wait()
	return results
}
