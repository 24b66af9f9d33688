package practices

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"syscall"
	"time"
)

func ExampleRunUntilSignal() {
	ctx := context.Background()
	err := RunUntilSignal(ctx, func(ctx context.Context) error {
		// The operating system would send this on shutdown.
		self, err := os.FindProcess(os.Getpid())
		if err != nil {
			return err
		}
		if err := self.Signal(syscall.SIGTERM); err != nil {
			return err
		}
		<-ctx.Done()
		return context.Cause(ctx)
	})
	fmt.Println("stopped:", err)
	// Output:
	// stopped: terminated signal received
}

func ExampleNotify() {
	quick := make(chan struct{})
	Notify([]func(){
		func() {
			<-quick // takes longer
			fmt.Println("slow listener told")
		},
		func() {
			fmt.Println("quick listener told")
			close(quick)
		},
	})
	fmt.Println("all told")
	// Output:
	// quick listener told
	// slow listener told
	// all told
}

func ExampleSquares() {
	fmt.Println(Squares([]int{1, 2, 3, 4}))
	// Output:
	// [1 4 9 16]
}

func ExamplePause() {
	shutdown := errors.New("server is shutting down")
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(shutdown)
	fmt.Println(Pause(ctx, time.Hour))
	// Output:
	// server is shutting down
}

func ExampleForEach() {
	urls := []string{"a", "b", "c", "d"}
	err := ForEach(context.Background(), 2, urls,
		func(ctx context.Context, url string) error {
			if url == "c" {
				return errors.New("c: connection refused")
			}
			return Pause(ctx, 100*time.Millisecond)
		})
	fmt.Println("error:", err)
	// Output:
	// error: c: connection refused
}

func ExampleRequestLog() {
	log := slog.New(RequestLog{plain(os.Stdout)})
	handle := func(ctx context.Context) {
		log.InfoContext(ctx, "begin")
		var query sync.WaitGroup
		query.Go(func() { log.InfoContext(ctx, "query") })
		query.Wait()
	}
	handle(WithRequest(context.Background(), "7"))
	log.Info("no request")
	// Output:
	// level=INFO msg=begin request=7
	// level=INFO msg=query request=7
	// level=INFO msg="no request"
}

func ExampleTimed() {
	Timed(
		func() { time.Sleep(100 * time.Millisecond) },
		func(took time.Duration) {
			fmt.Println("more than 50 ms:", took > 50*time.Millisecond)
		},
	)
	// Output:
	// more than 50 ms: true
}

func ExampleDrain() {
	err := Drain(1, Numbers(3), func(n int) { fmt.Println("got", n) })
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println("all done")
	// Output:
	// got 0
	// got 1
	// got 2
	// all done
}

func ExampleSum() {
	numbers := make([]int, 1_000_000)
	for i := range numbers {
		numbers[i] = i % 10
	}
	fmt.Println(Sum(numbers))
	// Output:
	// 4500000
}
