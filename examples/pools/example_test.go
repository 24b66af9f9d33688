package pools

import (
	"context"
	"fmt"
)

func ExampleRead() {
	// Only this goroutine waits. There is no loop to stop.
	value := Read(1)
	fmt.Println(value)
	// Output:
	// 2
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
