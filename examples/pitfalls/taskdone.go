package pitfalls

import (
	"context"
	"sync"
)

// Work has n workers, at least one, call do for each job, and returns
// the results in the order in which they came.
func Work(jobs []string, n int, do func(job string) string) []string {
	queue, results := make(chan string), make(chan string)
	go func() {
		// One sender: it closes when it has sent everything.
		defer close(queue)
		for _, job := range jobs {
			queue <- job
		}
	}()

	// WaitGroup.Go does Add before the goroutine starts, and Done when
	// the function returns, by whatever path.
	var workers sync.WaitGroup
	for range max(n, 1) {
		workers.Go(func() {
			for job := range queue {
				results <- do(job)
			}
		})
	}
	// Several senders: whoever waits for all of them closes.
	go func() {
		workers.Wait()
		close(results)
	}()

	var all []string
	for result := range results {
		all = append(all, result)
	}
	return all
}

// Count sends 0, 1, 2 and so on until ctx ends. Then it closes numbers.
func Count(ctx context.Context, numbers chan<- int) {
	defer close(numbers) // the sender closes, on every path, once
	for n := 0; ; n++ {
		select {
		case numbers <- n:
		case <-ctx.Done():
			return
		}
	}
}
