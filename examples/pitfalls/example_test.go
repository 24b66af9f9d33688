package pitfalls

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
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

func ExampleSleep() {
	shutdown := errors.New("server is shutting down")
	ctx, cancel := context.WithCancelCause(context.Background())
	time.AfterFunc(100*time.Millisecond, func() { cancel(shutdown) })

	fmt.Println("woken:", Sleep(ctx, time.Minute))
	// Output:
	// woken: server is shutting down
}

func Example_sleeping() {
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 3 {
			fmt.Println("beat")
		}
	})
	wg.Go(func() {
		time.Sleep(time.Second) // stops only this one
		fmt.Println("awake")
	})
	wg.Wait()
	// Output:
	// beat
	// beat
	// beat
	// awake
}

func ExampleEach() {
	urls := strings.Fields("/1 /2 /3 /4 /5 /6 /7 /8 /9")
	var now, fetched atomic.Int32
	err := Each(urls, 3, func(url string) error {
		if now.Add(1) > 3 {
			return errors.New("more than 3 at the same time")
		}
		defer now.Add(-1)
		time.Sleep(100 * time.Millisecond) // stands in for the net
		fetched.Add(1)
		return nil
	})
	fmt.Println("fetched:", fetched.Load(), "error:", err)
	// Output:
	// fetched: 9 error: <nil>
}

func ExampleRows() {
	for row := range Rows("a", "b") {
		fmt.Println(row)
		break
	}
	fmt.Println("after the loop")
	// Output:
	// a
	// closed
	// after the loop
}

func ExampleHead() {
	row, ok := Head(Rows("a", "b"))
	fmt.Println(row, ok)
	// Output:
	// closed
	// a true
}

func Example_parking() {
	var lock sync.Mutex
	var holder sync.WaitGroup
	held := make(chan bool)
	holder.Go(func() {
		lock.Lock()
		defer lock.Unlock()
		held <- true
		time.Sleep(100 * time.Millisecond)
	})
	<-held
	// This stops only the goroutine that calls it.
	lock.Lock()
	fmt.Println("got the lock: true")
	lock.Unlock()
	holder.Wait()
	// Output:
	// got the lock: true
}

func ExampleAccount() {
	var account Account
	news := make(chan int)
	var reader sync.WaitGroup
	reader.Go(func() {
		fmt.Println("news:", <-news)
		fmt.Println("balance:", account.Balance())
	})
	err := account.Deposit(context.Background(), 10, news)
	reader.Wait()
	fmt.Println("error:", err)
	// Output:
	// news: 10
	// balance: 10
	// error: <nil>
}

func ExampleRunAll() {
	full := func() error { return errors.New("disk full") }
	fmt.Println("error:", RunAll(full))
	boom := func() error { panic("boom") }
	fmt.Println("error:", RunAll(boom))
	fmt.Println("still running")
	// Output:
	// error: disk full
	// error: panic: boom
	// still running
}

func ExampleWork() {
	jobs := []string{"copy", "move", "sort"}
	upper := func(job string) (string, error) {
		return strings.ToUpper(job), nil
	}
	done, err := Work(jobs, 2, upper)
	slices.Sort(done) // they came in any order
	fmt.Println(done, err)
	// Output:
	// [COPY MOVE SORT] <nil>
}

func ExampleCount() {
	ctx, cancel := context.WithCancel(context.Background())
	numbers := make(chan int)
	go Count(ctx, numbers)

	fmt.Println(<-numbers, <-numbers)
	cancel() // the receiver has seen enough
	// Receive until the sender has closed: now it is gone.
	for range numbers {
	}
	fmt.Println("closed")
	// Output:
	// 0 1
	// closed
}

func ExampleHits() {
	ctx, cancel := context.WithCancel(context.Background())
	hits := new(Hits)
	fmt.Println(hits.Add(ctx, "/"), hits.Pages())
	cancel()
	fmt.Println(hits.Add(ctx, "/"), hits.Pages())
	// The end of one caller's context is not the end of the others.
	fmt.Println(hits.Add(context.Background(), "/"), hits.Pages())
	// Output:
	// <nil> map[/:1]
	// context canceled map[/:1]
	// <nil> map[/:2]
}
