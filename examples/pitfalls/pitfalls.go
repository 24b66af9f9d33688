// Package pitfalls holds the mended versions of what goes wrong when
// asyncio habits meet Go. The broken versions live in the scripts that
// prove them broken: testdata/scripts/pitfalls_*.txtar.
package pitfalls

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// SaveAll saves the reports at the same time and returns when the last
// one is saved.
func SaveAll(reports []string, save func(report string)) {
	var saves sync.WaitGroup
	for _, report := range reports {
		saves.Go(func() { save(report) })
	}
	saves.Wait()
}

// CountPrimes counts the prime numbers below n. It computes without a
// pause, but ends early, with the cause, when ctx ends.
func CountPrimes(ctx context.Context, n int) (int, error) {
	count := 0
	for i := 2; i < n; i++ {
		// A computation waits for nothing, so it has to look. Once
		// in 1,024 rounds costs next to nothing.
		if i%1024 == 0 {
			if ctx.Err() != nil {
				return 0, context.Cause(ctx)
			}
			// Only js/wasm needs this: nothing preempts there.
			runtime.Gosched()
		}
		if isPrime(i) {
			count++
		}
	}
	return count, nil
}

func isPrime(n int) bool {
	for d := 2; d*d <= n; d++ {
		if n%d == 0 {
			return false
		}
	}
	return true
}

// Poll calls step once in every interval until ctx ends. It returns the
// cause of that end.
func Poll(
	ctx context.Context, interval time.Duration, step func(),
) error {
	ticks := time.NewTicker(interval)
	defer ticks.Stop()
	for {
		// Every wait of a goroutine that must stop is a select that
		// holds ctx.Done. Nothing else can interrupt it.
		select {
		case <-ticks.C:
			step()
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}
