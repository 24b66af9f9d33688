package locks

import (
	"sync"
	"testing"
)

// A read that has left the lock races with the next write. Only -race
// sees it, and only if one of the reads comes before one of the writes.
func TestValueReadsUnderTheLock(t *testing.T) {
	var counter Counter
	var gauge Gauge
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() { counter.Value() })
		all.Go(counter.Add)
		all.Go(func() { gauge.Peak() })
		all.Go(gauge.Enter)
	}
	all.Wait()
}
