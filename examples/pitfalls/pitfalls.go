// Package pitfalls holds the mended versions of what goes wrong when
// asyncio habits meet Go. The broken versions live in the scripts that
// prove them broken: testdata/scripts/pitfalls_*.txtar.
package pitfalls

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"
)

// SaveAll saves the reports at the same time, returns when the last
// save has ended, and joins the errors.
func SaveAll(reports []string, save func(report string) error) error {
	errs := make([]error, len(reports))
	var saves sync.WaitGroup
	for i, report := range reports {
		saves.Go(func() {
			errs[i] = ErrExited // stays if save never returns
			errs[i] = save(report)
		})
	}
	saves.Wait()
	return errors.Join(errs...)
}

// CountPrimes counts the prime numbers below n. It computes without a
// pause, but ends early, with the cause, when ctx ends.
func CountPrimes(ctx context.Context, n int) (int, error) {
	count := 0
	for i := 0; ; i++ {
		// A computation waits for nothing, so it has to look: before
		// it begins, and then once in 1,024 rounds.
		if i%1024 == 0 {
			if ctx.Err() != nil {
				return 0, context.Cause(ctx)
			}
			// Only WebAssembly needs this: nothing preempts there.
			runtime.Gosched()
		}
		if i >= n {
			return count, nil
		}
		if isPrime(i) {
			count++
		}
	}
}

func isPrime(n int) bool {
	for d := 2; d <= n/d; d++ {
		if n%d == 0 {
			return false
		}
	}
	return n > 1
}

// Poll calls step once in every interval until ctx ends, and returns
// the cause of that end. Intervals that end during a step count as one.
// An interval below 1 ns counts as 1 ns.
func Poll(
	ctx context.Context, interval time.Duration, step func(),
) error {
	ticks := time.NewTicker(max(interval, 1))
	defer ticks.Stop()
	for {
		// Every wait of a goroutine that must stop is a select that
		// holds ctx.Done. Nothing else can interrupt it.
		select {
		case <-ticks.C:
		case <-ctx.Done():
		}
		// If both are ready, select takes either. The end goes first.
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		step()
	}
}
