package locks

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

var urls = strings.Fields(`
	example.com/0 example.com/1 example.com/2 example.com/3
	example.com/4 example.com/5 example.com/6 example.com/7
	example.com/8 example.com/9`)

// call takes 100 ms.
func call() error {
	time.Sleep(100 * time.Millisecond) // stands in for the network
	return nil
}

func Example() {
	var g errgroup.Group
	g.SetLimit(2) // before the first Go
	for range 5 {
		g.Go(call)
	}
	if err := g.Wait(); err == nil {
		fmt.Println("all done")
	}
	// Output:
	// all done
}

// fetching returns a Fetcher that takes 200 ms, and whose gauge counts
// who is inside.
func fetching(gauge *Gauge) Fetcher {
	return func(ctx context.Context, url string) (string, error) {
		gauge.Enter()
		defer gauge.Leave()
		select {
		case <-time.After(200 * time.Millisecond):
			return "data from " + url, nil
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}

func ExampleFetchAll() {
	var gauge Gauge // counts who is inside
	fetch := fetching(&gauge)
	pages, err := FetchAll(context.Background(), urls, 3, fetch)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println("fetched:", len(pages))
	fmt.Println("at most at once:", gauge.Peak())
	// Output:
	// fetched: 10
	// at most at once: 3
}

// Two groups fetch at the same time and share one limit.
func ExampleGate() {
	var gauge Gauge
	gate := NewGate(3, fetching(&gauge))
	ctx := context.Background()

	var groups sync.WaitGroup
	for _, part := range [][]string{urls[:5], urls[5:]} {
		groups.Go(func() {
			// Each group may run all of its five; the gate
			// lets three in, of both groups together.
			_, err := FetchAll(ctx, part, len(part), gate.Fetch)
			if err != nil {
				fmt.Println("error:", err)
			}
		})
	}
	groups.Wait()
	fmt.Println("at most at once:", gauge.Peak())
	// Output:
	// at most at once: 3
}

func ExampleCounter() {
	var counter Counter
	var adders sync.WaitGroup
	for range 100 {
		adders.Go(counter.Add)
	}
	adders.Wait()
	fmt.Println("value:", counter.Value())
	// Output:
	// value: 100
}

func Example_turns() {
	var mu sync.Mutex
	var turns sync.WaitGroup
	for range 3 {
		turns.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			// Whoever waits here lets all the others wait too.
			time.Sleep(100 * time.Millisecond)
			fmt.Println("had the lock")
		})
	}
	turns.Wait()
	// Output:
	// had the lock
	// had the lock
	// had the lock
}

func Example_atomic() {
	var value atomic.Int64
	var adders sync.WaitGroup
	for range 100 {
		// Read, add and write are one step: nobody comes between.
		adders.Go(func() { value.Add(1) })
	}
	adders.Wait()
	fmt.Println("value:", value.Load())
	// Output:
	// value: 100
}

// Stop waiting for a lock that somebody else holds.
func ExampleLock() {
	ctx := context.Background()
	lock := NewLock()
	if err := lock.Acquire(ctx); err != nil { // somebody holds it
		fmt.Println("error:", err)
		return
	}
	defer lock.Release()

	busy := errors.New("lock is busy")
	ctx, cancel := context.WithTimeoutCause(ctx,
		100*time.Millisecond, busy)
	defer cancel()
	if err := lock.Acquire(ctx); err != nil {
		fmt.Println("gave up:", err)
	}
	// Output:
	// gave up: lock is busy
}

func ExampleWalk() {
	root := &Node{Name: "/", Children: []*Node{
		{Name: "/a", Children: []*Node{{Name: "/a/b"}}},
		{Name: "/c"},
	}}
	var visits Counter
	visit := func(context.Context, *Node) error {
		visits.Add()
		return nil
	}
	// Even with a single slot, no node waits for another one's slot.
	err := Walk(context.Background(), root, 1, visit)
	fmt.Println("visited:", visits.Value(), err)
	// Output:
	// visited: 4 <nil>
}
