package practices

import (
	"runtime"
	"sync"
)

// Sum adds up the numbers, with one goroutine for each processor.
func Sum(numbers []int) int {
	parts := runtime.GOMAXPROCS(0)
	sums := make([]int, parts)
	var wg sync.WaitGroup
	for p := range parts {
		// A part of what is left. A product might not fit an int.
		n := len(numbers) / (parts - p)
		part := numbers[:n]
		numbers = numbers[n:]
		wg.Go(func() { sums[p] = sumOne(part) })
	}
	wg.Wait()
	return sumOne(sums)
}

func sumOne(numbers []int) (sum int) {
	for _, n := range numbers {
		sum += n
	}
	return sum
}
