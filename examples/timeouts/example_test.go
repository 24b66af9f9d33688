package timeouts

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

func Example() {
	ctx, cancel := context.WithTimeout(
		context.Background(), 200*time.Millisecond)
	defer cancel()
	_, err := Work(ctx, 5*time.Second)
	if errors.Is(err, context.DeadlineExceeded) {
		fmt.Println("timed out")
	}
	// Output:
	// timed out
}

func ExampleWork() {
	ctx, cancel := context.WithTimeout(
		context.Background(), 200*time.Millisecond)
	// If Work is quicker, nothing else stops the timer of the limit.
	defer cancel()

	result, err := Work(ctx, 5*time.Second)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		fmt.Println("timed out")
	case err != nil:
		fmt.Println("error:", err)
	default:
		fmt.Println(result)
	}
	// Output:
	// timed out
}

// An error that names the limit, and still counts as a timeout.
func ExampleWork_cause() {
	slow := fmt.Errorf("no report within 200 ms: %w",
		context.DeadlineExceeded)
	ctx, cancel := context.WithTimeoutCause(
		context.Background(), 200*time.Millisecond, slow)
	defer cancel()

	_, err := Work(ctx, 5*time.Second)
	fmt.Println("error:", err)
	fmt.Println("a timeout:", errors.Is(err, context.DeadlineExceeded))
	// Output:
	// error: no report within 200 ms: context deadline exceeded
	// a timeout: true
}

// connect has a limit of its own, shorter than its caller's.
func connect(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx,
		100*time.Millisecond, errors.New("connect: too slow"))
	defer cancel()
	_, err := Work(ctx, 10*time.Second)
	return err
}

func ExampleWork_whose() {
	mine := errors.New("my limit of 5 s")
	ctx, cancel := context.WithTimeoutCause(
		context.Background(), 5*time.Second, mine)
	defer cancel()

	err := connect(ctx)
	if errors.Is(err, mine) {
		fmt.Println(mine)
	} else {
		fmt.Println("somebody else's limit")
	}
	// Output:
	// somebody else's limit
}

// One limit for several calls.
func ExampleWork_budget() {
	ctx, cancel := context.WithTimeout(
		context.Background(), 1500*time.Millisecond)
	defer cancel()
	takes := 100 * time.Millisecond
	for step := range 3 {
		if _, err := Work(ctx, takes); err != nil {
			fmt.Println("no time for the rest")
			return
		}
		fmt.Println("step", step+1)
		takes *= 50 // the next one is slow
	}
	// Output:
	// step 1
	// no time for the rest
}

// beat works until ctx ends.
func beat(ctx context.Context) error {
	// Runs on every way out: at the end of ctx, after an error, in a
	// panic. Nothing has to be caught for it.
	defer fmt.Println("cleaning up")
	// Look before each round: if both cases below are ready, select
	// takes either.
	for ctx.Err() == nil {
		fmt.Println("working")
		select {
		case <-time.After(5 * time.Second):
		case <-ctx.Done():
		}
	}
	return context.Cause(ctx)
}

func ExampleWorker() {
	shutdown := errors.New("shutting down")
	worker := StartWorker(context.Background(), beat)
	time.Sleep(time.Second)
	if err := worker.Stop(shutdown); errors.Is(err, shutdown) {
		fmt.Println("confirmed:", err)
	}
	// Output:
	// working
	// cleaning up
	// confirmed: shutting down
}

// Told to stop before it could begin, it does not begin.
func ExampleWorker_early() {
	shutdown := errors.New("shutting down")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(shutdown)
	worker := StartWorker(ctx, beat)
	if err := worker.Stop(nil); errors.Is(err, shutdown) {
		fmt.Println("confirmed")
	}
	// Output:
	// confirmed
}

func ExampleAbandon() {
	release, ended := make(chan struct{}), make(chan struct{})
	deaf := func() (int, error) {
		defer close(ended)
		<-release // stands in for a call that takes no context
		fmt.Println("it ends anyway")
		return 7, nil
	}

	ctx, cancel := context.WithTimeoutCause(context.Background(),
		200*time.Millisecond, errors.New("too slow"))
	defer cancel()
	if _, err := Abandon(ctx, deaf); err != nil {
		fmt.Println("gave up:", err)
	}
	close(release)
	<-ended
	// Output:
	// gave up: too slow
	// it ends anyway
}

func ExampleReadAll() {
	// Nobody writes to this pipe.
	r, _ := io.Pipe()
	ctx, cancel := context.WithTimeoutCause(context.Background(),
		200*time.Millisecond, errors.New("nobody writes"))
	defer cancel()
	_, err := ReadAll(ctx, r)
	fmt.Println("error:", err)
	// Output:
	// error: nobody writes
}
