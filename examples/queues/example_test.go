package queues

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"time"
)

// paced yields 0 to count-1, one in every 200 ms.
func paced(count int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for item := range count {
			time.Sleep(200 * time.Millisecond)
			if !yield(item) {
				return // ctx has ended; nobody takes any more
			}
		}
	}
}

// process takes 300 ms for an item. Two consumers print in any order:
// who receives first need not be done first.
func process(ctx context.Context, item int) error {
	select {
	case <-time.After(300 * time.Millisecond):
		fmt.Println("processed", item)
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// produce puts 0 to count-1 on queue, one in every 200 ms.
func produce(queue chan<- int, count int) {
	for item := range count {
		time.Sleep(200 * time.Millisecond)
		queue <- item // waits while the queue is full
	}
}

// consume takes 300 ms for an item. It ends when queue is closed and
// empty.
func consume(queue <-chan int) {
	for item := range queue {
		time.Sleep(300 * time.Millisecond)
		fmt.Println("processed", item)
	}
}

func Example() {
	queue := make(chan int, 2)
	var consumers sync.WaitGroup
	consumers.Go(func() { consume(queue) })
	consumers.Go(func() { consume(queue) })
	produce(queue, 3)
	close(queue) // one close ends both
	consumers.Wait()
	fmt.Println("all processed")
	// Unordered output:
	// processed 0
	// processed 1
	// processed 2
	// all processed
}

func ExampleShare() {
	ctx := context.Background()
	// A queue with room for 2 items, and 2 consumers.
	if err := Share(ctx, paced(4), 2, 2, process); err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println("all processed")
	// Unordered output:
	// processed 0
	// processed 1
	// processed 2
	// processed 3
	// all processed
}

func ExampleShare_held() {
	ctx := context.Background()
	// These items take no time to produce; one consumer needs 300 ms
	// for each.
	items := slices.Values([]int{0, 1, 2})
	if err := Share(ctx, items, 1, 1, process); err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println("all processed")
	// Output:
	// processed 0
	// processed 1
	// processed 2
	// all processed
}

func ExampleShare_failure() {
	store := func(_ context.Context, item int) error {
		if item == 1 {
			return errors.New("disk is full")
		}
		return nil
	}
	items := slices.Values([]int{0, 1, 2, 3})
	err := Share(context.Background(), items, 2, 2, store)
	fmt.Println("error:", err)
	// Output:
	// error: disk is full
}

// What a receive returns when nobody will send any more.
func Example_closed() {
	queue := make(chan int, 1)
	queue <- 7
	close(queue)

	item, ok := <-queue // closing drops nothing
	fmt.Println(item, ok)
	item, ok = <-queue // from now on: the zero value, at once
	fmt.Println(item, ok)
	// Output:
	// 7 true
	// 0 false
}

func Example_unbuffered() {
	queue := make(chan int)
	// Nobody receives, so there is room for nothing.
	fmt.Println("room:", Offer(queue, 7))
	// Output:
	// room: false
}

func ExampleOffer() {
	queue := make(chan int, 2)
	for item := range 3 {
		if Offer(queue, item) {
			fmt.Println("queued", item)
		} else {
			fmt.Println("dropped", item)
		}
	}
	// Output:
	// queued 0
	// queued 1
	// dropped 2
}

func ExampleMerge() {
	ctx := context.Background()
	queue := make(chan int)
	odd := slices.Values([]int{1, 3, 5})
	even := slices.Values([]int{2, 4, 6})

	var producers sync.WaitGroup
	producers.Go(func() {
		if err := Merge(ctx, queue, odd, even); err != nil {
			fmt.Println("error:", err)
		}
	})
	sum := 0
	for item := range queue {
		sum += item
	}
	producers.Wait()
	fmt.Println("sum:", sum)
	// Output:
	// sum: 21
}

// Wait for the items while the consumer lives on.
func Example_join() {
	queue := make(chan string, 2)
	var open sync.WaitGroup // items that are not processed yet
	var worker sync.WaitGroup
	worker.Go(func() {
		for item := range queue {
			fmt.Println("processed", item)
			open.Done() // task_done
		}
	})

	for _, batch := range []string{"ab", "cd"} {
		for _, item := range batch {
			// Count before the send: afterwards the worker may
			// already have said Done.
			open.Add(1)
			queue <- string(item)
		}
		open.Wait() // join
		fmt.Println("batch is done")
	}
	close(queue)
	worker.Wait()
	// Output:
	// processed a
	// processed b
	// batch is done
	// processed c
	// processed d
	// batch is done
}
