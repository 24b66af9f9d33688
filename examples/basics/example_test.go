package basics

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
)

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
