package eventloop

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// say returns a call that prints the text.
func say(text string) func() {
	return func() { fmt.Println(text) }
}

func Example() {
	var soon sync.WaitGroup
	soon.Go(func() { fmt.Println("soon") })
	soon.Wait()
	over := make(chan struct{})
	time.AfterFunc(100*time.Millisecond, func() { close(over) })
	<-over // or main returns, and nothing comes later
	fmt.Println("later")
	// Output:
	// soon
	// later
}

func ExampleServe() {
	// If a call takes the loop along, ctx ends: Later hears of it.
	loop, ctx := errgroup.WithContext(context.Background())
	calls := make(chan func())
	loop.Go(func() error { return Serve(ctx, calls) })

	calls <- say("callback")
	calls <- say("step 1")
	calls <- say("step 2")
	calls <- say("step 3")

	var timers errgroup.Group
	timers.Go(func() error {
		return Later(ctx, 400*time.Millisecond, calls, say("delayed"))
	})

	// Deliver: who sends must have sent before the channel closes.
	err := timers.Wait()
	close(calls)
	if err := errors.Join(err, loop.Wait()); err != nil {
		fmt.Println("error:", err)
	}
	// Output:
	// callback
	// step 1
	// step 2
	// step 3
	// delayed
}

func ExampleServe_drop() {
	ctx, cancel := context.WithCancelCause(context.Background())
	loop, ctx := errgroup.WithContext(ctx)
	calls := make(chan func())
	loop.Go(func() error { return Serve(ctx, calls) })

	var timers errgroup.Group
	timers.Go(func() error {
		return Later(ctx, time.Hour, calls, say("delayed"))
	})
	calls <- say("callback")
	calls <- say("step 1")
	calls <- say("step 2")
	calls <- func() {
		say("step 3")()
		// Drop: who still waits is told why, and gives up.
		cancel(errors.New("the loop closes"))
	}
	loop.Wait() // its error is that cause
	fmt.Println("dropped:", timers.Wait())
	// Output:
	// callback
	// step 1
	// step 2
	// step 3
	// dropped: the loop closes
}

func Example_stop() {
	timer := time.AfterFunc(time.Hour, say("later"))
	// Stop returns false if the call has begun. It does not wait for
	// that call to end.
	if timer.Stop() {
		fmt.Println("stopped")
	}
	// Output:
	// stopped
}

func ExampleServe_senders() {
	calls := make(chan func())
	var senders sync.WaitGroup
	var numbers []int
	for _, start := range []int{0, 100} {
		senders.Go(func() {
			for n := range 100 {
				// The append runs on the goroutine of Serve.
				calls <- func() { numbers = append(numbers, start+n) }
			}
		})
	}
	go func() {
		senders.Wait()
		close(calls)
	}()
	if err := Serve(context.Background(), calls); err != nil {
		fmt.Println("error:", err)
	}
	fmt.Println("numbers:", len(numbers))
	// Output:
	// numbers: 200
}

func Example_twice() {
	// A program that waits needs nothing around it.
	step := func(n int) {
		time.Sleep(100 * time.Millisecond)
		fmt.Println("step", n)
	}
	step(1)
	step(2)
	// Output:
	// step 1
	// step 2
}
