package basics

import (
	"context"
	"errors"
	"fmt"
	"log"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
)

func Example() {
	var a, b string
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(func() (err error) { a, err = Fetch(ctx, "a"); return err })
	g.Go(func() (err error) { b, err = Fetch(ctx, "b"); return err })
	if err := g.Wait(); err != nil {
		log.Fatal(err)
	}
	fmt.Println(a, "and", b)
	// Output:
	// data from a and data from b
}

func ExampleFetch() {
	fmt.Println("fetching")
	// The call runs now and returns when the data is there. While it
	// waits, the scheduler runs other goroutines on this thread.
	data, err := Fetch(context.Background(), "api.example.com")
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println(data)
	// Output:
	// fetching
	// data from api.example.com
}

func ExampleFetchAll() {
	urls := []string{"example.com/1", "example.com/2", "example.com/3"}
	pages, err := FetchAll(context.Background(), urls, Fetch)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	for _, page := range pages {
		fmt.Println(page)
	}
	// Output:
	// data from example.com/1
	// data from example.com/2
	// data from example.com/3
}

func ExampleFetchEach() {
	urls := []string{"example.com/1", "example.com/2", "example.com/3"}
	pages, err := FetchEach(context.Background(), urls, Fetch)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	for _, page := range pages {
		fmt.Println(page)
	}
	// Output:
	// data from example.com/1
	// data from example.com/2
	// data from example.com/3
}

func ExampleFetchAll_failure() {
	// Count who is inside a fetch, to see who outlives the failure.
	var running atomic.Int32
	fetch := func(ctx context.Context, url string) (string, error) {
		running.Add(1)
		defer running.Add(-1)
		if url == "bad.example.com" {
			return "", errors.New("connection refused")
		}
		return Fetch(ctx, url)
	}

	urls := []string{
		"example.com/1", "bad.example.com", "example.com/2",
	}
	_, err := FetchAll(context.Background(), urls, fetch)
	fmt.Println("error:", err)
	fmt.Println("still running:", running.Load())
	// Output:
	// error: connection refused
	// still running: 0
}

// lose fails after 200 ms, as a connection that breaks does.
func lose(ctx context.Context) error {
	select {
	case <-time.After(200 * time.Millisecond):
	case <-ctx.Done():
	}
	if ctx.Err() != nil { // it goes first, as in Fetch
		return context.Cause(ctx)
	}
	return errors.New("connection lost")
}

// The body is one more job of the group, and so guarded by it.
func Example_body() {
	var running atomic.Int32
	hold := func(ctx context.Context) error {
		running.Add(1)
		defer running.Add(-1)
		<-ctx.Done() // a long call, which ends with its context
		return context.Cause(ctx)
	}

	g, ctx := errgroup.WithContext(context.Background())
	g.Go(sound(ctx, func() error {
		for range 2 {
			g.Go(sound(ctx, func() error { return hold(ctx) }))
		}
		return lose(ctx) // stops both
	}))
	fmt.Println("error:", g.Wait())
	fmt.Println("still running:", running.Load())
	// Output:
	// error: connection lost
	// still running: 0
}

// Outside the group, the body does not learn of the failure.
func Example_outside() {
	g, ctx := errgroup.WithContext(context.Background())
	g.Go(sound(ctx, func() error { return lose(ctx) }))

	time.Sleep(400 * time.Millisecond)
	fmt.Println("the body goes on")
	fmt.Println("error:", g.Wait())
	// Output:
	// the body goes on
	// error: connection lost
}

func ExampleFetchJoin() {
	begun := make(chan struct{})
	fetch := func(ctx context.Context, url string) (string, error) {
		if url == "example.com/1" {
			<-begun // or the other might never begin
			return "", lose(ctx)
		}
		close(begun)
		<-ctx.Done() // a transaction, which ends with its context
		return "", errors.New("rollback failed")
	}

	urls := []string{"example.com/1", "example.com/2"}
	_, err := FetchJoin(context.Background(), urls, fetch)
	fmt.Println(err)
	// Output:
	// example.com/1: connection lost
	// example.com/2: rollback failed
}
