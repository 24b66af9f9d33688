package pitfalls

import (
	"context"
	"errors"
	"sync"
)

// Work has n workers call do for each job, and returns the results in
// the order in which they came, and the errors. An n below 1 counts
// as 1; no more workers start than there are jobs.
func Work(
	jobs []string, n int, do func(job string) (string, error),
) ([]string, error) {
	queue, results := make(chan string), make(chan result)
	go func() {
		// One sender: it closes when it has sent everything.
		defer close(queue)
		for _, job := range jobs {
			queue <- job
		}
	}()

	// WaitGroup.Go does Add before the goroutine starts, and Done when
	// the function returns.
	var workers sync.WaitGroup
	for range min(max(n, 1), len(jobs)) {
		workers.Go(func() {
			for job := range queue {
				results <- call(do, job)
			}
		})
	}
	// Several senders: whoever waits for all of them closes.
	go func() {
		workers.Wait()
		close(results)
	}()

	var all []string
	var failed []error
	for r := range results {
		if r.err == nil {
			all = append(all, r.text)
		}
		failed = append(failed, r.err)
	}
	// Not in the loop: each Join makes a new list. It drops the nils.
	return all, errors.Join(failed...)
}

// A result is what became of one job.
type result struct {
	text string
	err  error
}

// call has do work on job. A worker goes on after a job that exits.
func call(do func(string) (string, error), job string) (r result) {
	r.err = sound(context.Background(), func() (err error) {
		r.text, err = do(job)
		return err
	})()
	return r
}

// Count sends 0, 1, 2 and so on until ctx ends. Then it closes numbers.
func Count(ctx context.Context, numbers chan<- int) {
	defer close(numbers) // the sender closes, on every path, once
	// The look at ctx.Err is for a receiver that is ready when ctx has
	// ended: select takes either.
	ended := ctx.Done()
	for n := 0; ctx.Err() == nil; n++ {
		select {
		case numbers <- n:
		case <-ended:
		}
	}
}
