package iterators

import (
	"context"
	"fmt"
	"iter"
	"slices"
)

func Example() {
	ctx := context.Background()
	numbers := func(yield func(int) bool) {
		for i := 0; i < 3 && wait(ctx) == nil && yield(i); i++ {
		}
	}
	for i := range numbers {
		fmt.Println(i)
	}
	// Output:
	// 0
	// 1
	// 2
}

func ExampleCountdown() {
	for i := range Countdown(context.Background(), 3) {
		fmt.Println(i)
	}
	// Output:
	// 2
	// 1
	// 0
}

func ExampleCountdown_twice() {
	numbers := Countdown(context.Background(), 2)
	fmt.Println("first loop:", slices.Collect(numbers))
	fmt.Println("second loop:", slices.Collect(numbers))
	// Output:
	// first loop: [1 0]
	// second loop: [1 0]
}

func ExampleCountdown_cancelled() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i := range Countdown(ctx, 5) {
		fmt.Println(i)
		if i == 3 {
			cancel()
		}
	}
	// The loop has ended like any other. Only ctx knows why.
	fmt.Println("after the loop:", context.Cause(ctx))
	// Output:
	// 4
	// 3
	// after the loop: context canceled
}

func ExampleNumbers() {
	for i, err := range Numbers(context.Background(), 3) {
		if err != nil {
			fmt.Println("error:", err)
			return
		}
		fmt.Println(i)
	}
	// Output:
	// 0
	// 1
	// 2
}

func ExampleNumbers_cancelled() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	for i, err := range Numbers(ctx, 5) {
		if err != nil {
			fmt.Println("the loop was cancelled")
			break
		}
		fmt.Println(i)
		if i == 1 {
			cancel()
		}
	}
	// Output:
	// 0
	// 1
	// the loop was cancelled
}

func ExamplePages() {
	urls := []string{"north", "south"}
	for page, err := range Pages(context.Background(), urls) {
		if err != nil {
			fmt.Println("error:", err)
			return
		}
		fmt.Println("reading", page)
	}
	// Output:
	// fetched north
	// reading page of north
	// fetched south
	// reading page of south
	// session closed
}

func ExamplePages_break() {
	urls := []string{"north", "south"}
	for page, err := range Pages(context.Background(), urls) {
		if err != nil {
			fmt.Println("error:", err)
			return
		}
		fmt.Println("reading", page)
		break
	}
	fmt.Println("after the loop")
	// Output:
	// fetched north
	// reading page of north
	// session closed
	// after the loop
}

func ExamplePages_pull() {
	urls := []string{"north", "south"}
	next, stop := iter.Pull2(Pages(context.Background(), urls))
	// Without stop the sequence would wait in its yield for ever.
	// A second stop does nothing.
	defer stop()
	page, err, ok := next()
	if err != nil || !ok {
		fmt.Println("no first page:", err)
		return
	}
	fmt.Println("reading", page)
	stop()
	fmt.Println("after stop")
	// Output:
	// fetched north
	// reading page of north
	// session closed
	// after stop
}

// pagesOf is Pages for urls, as Prefetch wants it. It closes over when
// there is nothing left to fetch.
func pagesOf(
	over chan<- struct{}, urls ...string,
) func(context.Context) iter.Seq2[string, error] {
	return func(ctx context.Context) iter.Seq2[string, error] {
		return func(yield func(string, error) bool) {
			defer close(over)
			Pages(ctx, urls)(yield)
		}
	}
}

func ExamplePrefetch() {
	ctx := context.Background()
	over := make(chan struct{})
	source := pagesOf(over, "north", "east", "south")
	for page, err := range Prefetch(ctx, 2, source) {
		if err != nil {
			fmt.Println("error:", err)
			return
		}
		<-over // reading takes longer than to fetch the rest
		fmt.Println("read", page)
	}
	// Output:
	// fetched north
	// fetched east
	// fetched south
	// session closed
	// read page of north
	// read page of east
	// read page of south
}

// counting is Numbers, and says when it has ended.
func counting(ctx context.Context) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		defer fmt.Println("source closed")
		Numbers(ctx, 9)(yield)
	}
}

func ExamplePrefetch_break() {
	ctx := context.Background()
	for i, err := range Prefetch(ctx, 1, counting) {
		if err != nil {
			fmt.Println("error:", err)
			return
		}
		fmt.Println(i)
		break
	}
	fmt.Println("after the loop")
	// Output:
	// 0
	// source closed
	// after the loop
}
