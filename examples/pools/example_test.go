package pools

import (
	"context"
	"fmt"
	"sync"
)

func Example() {
	var one, two int
	var reads sync.WaitGroup
	// A call stops its own goroutine. There is no loop to stop.
	reads.Go(func() { one = Read(1) })
	reads.Go(func() { two = Read(2) })
	reads.Wait()
	fmt.Println(one, two)
	// Output:
	// 2 4
}

func ExampleMap() {
	numbers := []int{0, 1, 2, 3, 4}
	values, err := Map(context.Background(), 3, numbers,
		func(_ context.Context, n int) (int, error) {
			return Read(n), nil
		})
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	for _, value := range values {
		fmt.Println(value)
	}
	// Output:
	// 0
	// 2
	// 4
	// 6
	// 8
}

func ExampleSumSquares() {
	sum, err := SumSquares(context.Background(), 10_000_000)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println(sum)
	// Output:
	// 333333283333335000000
}
