package locks

import (
	"sync"
	"testing"
)

// A read that has left the lock races with the next Add. Only -race
// sees it, and only if one of the reads comes before one of the Adds.
func TestValueReadsUnderTheLock(t *testing.T) {
	var counter Counter
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() { counter.Value() })
		all.Go(counter.Add)
	}
	all.Wait()
}
