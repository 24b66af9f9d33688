package practices

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// After a panic in run, signals are nobody's business any more.
func TestRunUntilSignalStopsAfterAPanic(t *testing.T) {
	var ctx context.Context
	assert.PanicsWithValue(t, "boom", func() {
		_ = RunUntilSignal(t.Context(),
			func(running context.Context) error {
				ctx = running
				panic("boom")
			})
	})
	assert.Error(t, ctx.Err())
}

// Sum asks for the number of processors; it does not set it.
func TestSumLeavesTheProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	assert.Equal(t, 3, Sum([]int{1, 2}))
	assert.Equal(t, 3, runtime.GOMAXPROCS(0))
}

// Parts times numbers is too great for an int of 32 bits:
// GOARCH=386 go test -run TestSumOfManyParts ./examples/practices
func TestSumOfManyParts(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1024))
	numbers := make([]int, 3_000_000)
	numbers[len(numbers)-1] = 7
	assert.Equal(t, 7, Sum(numbers))
}

// The page says so.
func TestClientGivesUpAfterTenSeconds(t *testing.T) {
	assert.Equal(t, 10*time.Second, Client.Timeout)
}
