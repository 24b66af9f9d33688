package practices

import (
	"context"
	"errors"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
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

// Sum starts a goroutine for each processor, and Squares one for each
// number. The runtime may start a few of its own meanwhile.
func TestHowManyAreStarted(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(100))
	// The collector starts one for each processor, too.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	numbers := make([]int, 1000)
	before := started()
	Sum(numbers)
	between := started()
	Squares(numbers)
	after := started()
	assert.InDelta(t, 100, between-before, 10)
	assert.InDelta(t, 1000, after-between, 10)
}

// started returns how many goroutines have been started so far.
func started() uint64 {
	sample := []metrics.Sample{{
		Name: "/sched/goroutines-created:goroutines",
	}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
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

// The first error in time is returned. The work for the first item
// fails, too, but later, and in its own words.
func TestForEachReturnsTheFirstErrorInTime(t *testing.T) {
	lost := errors.New("lost")
	begun := make(chan struct{})
	err := ForEach(t.Context(), 2, []string{"open", "lost"},
		func(ctx context.Context, item string) error {
			if item == "lost" {
				<-begun // or the other might never begin
				return lost
			}
			close(begun)
			<-ctx.Done()
			return errors.New("rollback failed")
		})
	assert.Equal(t, lost, err)
}
