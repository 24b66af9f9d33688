// Package gather waits for several calls at once: for all of them, for
// all that succeed, for the first, or for a limited time.
package gather

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

// A Job is work that has not begun: the counterpart of a coroutine, not
// of a Task. It must return soon after ctx ends.
type Job[T any] func(ctx context.Context) (T, error)

// All runs the jobs at the same time and returns their values in the
// order of the arguments. When a job fails, All cancels the context of
// the others, waits until each has returned, and returns that first
// error.
func All[T any](ctx context.Context, jobs ...Job[T]) ([]T, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // even without jobs
	}
	g, ctx := errgroup.WithContext(ctx)
	values := make([]T, len(jobs))
	for i, job := range jobs {
		g.Go(sound(ctx, func() (err error) {
			// Each job fills its own slot, so no lock is needed.
			values[i], err = job(ctx)
			return err
		}))
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}

// A Result is what became of one job: its value, or its error.
type Result[T any] struct {
	Index int // the job's place among the arguments
	Value T
	Err   error
}

// Settle runs the jobs at the same time, lets each one finish whatever
// happens to the others, and returns one Result per job, in the order
// of the arguments.
func Settle[T any](ctx context.Context, jobs ...Job[T]) []Result[T] {
	results := make([]Result[T], len(jobs))
	var wg sync.WaitGroup
	for i, job := range jobs {
		wg.Go(func() {
			results[i] = result(ctx, i, job)
		})
	}
	wg.Wait()
	return results
}

// result runs job, the i-th, and returns what became of it.
func result[T any](ctx context.Context, i int, job Job[T]) Result[T] {
	r := Result[T]{Index: i}
	r.Err = sound(ctx, func() (err error) {
		r.Value, err = job(ctx)
		return err
	})()
	return r
}
