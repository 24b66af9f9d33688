package gather

import (
	"context"
	"errors"
	"time"
)

// ErrNoJobs reports a wait for nothing, which would never end.
var ErrNoJobs = errors.New("gather: no jobs to wait for")

// start runs the jobs and delivers each Result as it comes.
func start[T any](
	ctx context.Context, jobs []Job[T],
) <-chan Result[T] {
	//docs:snippet buffer
	// One free slot per job: a send never blocks, so a job can end
	// even when nobody is left to receive.
	results := make(chan Result[T], len(jobs))
	for i, job := range jobs {
		go func() { results <- result(ctx, i, job) }()
	}
	return results
}

// First runs the jobs at the same time and returns the Result of the
// one that finishes first, be it a value or an error. It cancels the
// context of the others, waits until each has returned, and drops what
// they bring. When ctx has ended before, First begins nothing and
// returns the cause.
func First[T any](
	ctx context.Context, jobs ...Job[T],
) (Result[T], error) {
	if ctx.Err() != nil {
		return Result[T]{}, context.Cause(ctx)
	}
	if len(jobs) == 0 {
		return Result[T]{}, ErrNoJobs
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := start(ctx, jobs)

	first := <-results
	cancel()
	// Cancelling only asks. Receiving the rest sees them gone.
	for range len(jobs) - 1 {
		<-results
	}
	return first, nil
}

// Wait runs the jobs at the same time and collects what finishes before
// the timeout, in order of arrival. It cancels nothing: the other jobs
// go on, and their len(jobs)-len(done) Results arrive on pending, which
// is never closed. The caller ends ctx when it no longer wants them.
func Wait[T any](
	ctx context.Context, timeout time.Duration, jobs ...Job[T],
) (done []Result[T], pending <-chan Result[T]) {
	results := start(ctx, jobs)
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	return collect(results, len(jobs), timer.C), results
}

// collect receives n results, or what there is when the time is up.
func collect[T any](
	results <-chan Result[T], n int, up <-chan time.Time,
) (done []Result[T]) {
	for len(done) < n {
		select {
		case result := <-results:
			done = append(done, result)
		case <-up:
			// If both cases are ready, select takes either: what
			// came in time may still be in the buffer.
			for range len(results) {
				done = append(done, <-results)
			}
			return done
		}
	}
	return done
}
