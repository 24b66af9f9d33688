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
		// The bounds divide the slice without a gap or an overlap.
		from := p * len(numbers) / parts
		to := (p + 1) * len(numbers) / parts
		wg.Go(func() { sums[p] = sumOne(numbers[from:to]) })
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
