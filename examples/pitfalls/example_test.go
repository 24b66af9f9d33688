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
	save := func(report string) {
		time.Sleep(100 * time.Millisecond) // stands in for the disk
		fmt.Println("saved", report)
	}
	SaveAll([]string{"report"}, save)
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
	time.AfterFunc(time.Second, func() { cancel(shutdown) })

	err := Poll(ctx, 400*time.Millisecond, func() {
		fmt.Println("polled")
	})
	fmt.Println("stopped:", err)
	// Output:
	// polled
	// polled
	// stopped: server is shutting down
}
