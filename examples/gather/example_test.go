package gather

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
)

// work stands in for a call over the network that takes n times 100 ms.
func work(n int) Job[int] {
	return func(ctx context.Context) (int, error) {
		select {
		case <-time.After(time.Duration(n) * 100 * time.Millisecond):
		case <-ctx.Done():
		}
		// If both are ready, select takes either. The end goes first.
		if ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		return n, nil
	}
}

func refuse(context.Context) (int, error) {
	return 0, errors.New("connection refused")
}

func ExampleAll() {
	ctx := context.Background()
	values, err := All(ctx, work(3), work(1), work(2))
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	for _, value := range values {
		fmt.Println(value)
	}
	// Output:
	// 3
	// 1
	// 2
}

// lose fails after n times 100 ms, as a connection that breaks does.
func lose(n int) Job[int] {
	return func(ctx context.Context) (int, error) {
		if _, err := work(n)(ctx); err != nil {
			return 0, err
		}
		return 0, errors.New("connection lost")
	}
}

func ExampleAll_failure() {
	ctx := context.Background()
	_, err := All(ctx, work(4), lose(2), work(1))
	fmt.Println("error:", err)
	// Output:
	// error: connection lost
}

// The first failure cancels the others, and Wait waits for all of them.
func Example() {
	g, ctx := errgroup.WithContext(context.Background())
	for _, job := range []Job[int]{work(4), lose(2), work(1)} {
		g.Go(func() error {
			_, err := job(ctx)
			return err
		})
	}
	fmt.Println("error:", g.Wait())
	// Output:
	// error: connection lost
}

func ExampleSettle() {
	ctx := context.Background()
	results := Settle(ctx, work(2), refuse, work(1))
	for _, r := range results {
		if r.Err != nil {
			fmt.Println("failed:", r.Err)
			continue
		}
		fmt.Println("value:", r.Value)
	}
	// Output:
	// value: 2
	// failed: connection refused
	// value: 1
}

// One error value can carry all the failures.
func ExampleSettle_join() {
	var all []error
	for _, r := range Settle(context.Background(), refuse, refuse) {
		if r.Err != nil {
			err := fmt.Errorf("job %d: %w", r.Index, r.Err)
			all = append(all, err)
		}
	}
	// Once, after the loop: each Join makes a new list.
	fmt.Println(errors.Join(all...))
	// Output:
	// job 0: connection refused
	// job 1: connection refused
}

func ExampleFirst() {
	ctx := context.Background()
	first, err := First(ctx, work(50), work(1), work(30))
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println("first:", first.Value)
	// Output:
	// first: 1
}

func ExampleWait() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	release := make(chan struct{})
	hold := func(context.Context) (int, error) {
		<-release // knows nothing of the timeout
		return 3, nil
	}
	jobs := []Job[int]{work(0), work(0), hold}
	done, pending := Wait(ctx, time.Second, jobs...)
	fmt.Println("done:", len(done), "pending:", len(jobs)-len(done))

	close(release)
	late := <-pending
	fmt.Println("late:", late.Value)
	// Output:
	// done: 2 pending: 1
	// late: 3
}
