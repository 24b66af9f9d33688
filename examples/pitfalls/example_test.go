package pitfalls

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

func ExampleSaveAll() {
	save := func(report string) error {
		time.Sleep(100 * time.Millisecond) // stands in for the disk
		fmt.Println("saved", report)
		return nil
	}
	if err := SaveAll([]string{"report"}, save); err != nil {
		fmt.Println("error:", err)
	}
	fmt.Println("main returns")
	// Output:
	// saved report
	// main returns
}

// One thread for all Go code, as an event loop has.
func Example_preemption() {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var beat atomic.Bool
	go beat.Store(true)
	// The loop makes no call and never waits. It ends only if the
	// scheduler takes the thread away and gives it to the other one.
	for !beat.Load() {
	}
	fmt.Println("the other goroutine ran")
	// Output:
	// the other goroutine ran
}

func ExamplePoll() {
	shutdown := errors.New("server is shutting down")
	ctx, cancel := context.WithCancelCause(context.Background())
	polls := 0
	err := Poll(ctx, 100*time.Millisecond, func() {
		fmt.Println("polled")
		if polls++; polls == 2 {
			cancel(shutdown) // as another goroutine may
		}
	})
	fmt.Println("stopped:", err)
	// Output:
	// polled
	// polled
	// stopped: server is shutting down
}
