package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"
)

// main takes every kind of decision. What it draws last tells apart orders
// that print the same.
func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	var mu sync.Mutex
	hits := map[string]int{}
	results := make(chan string)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			select {
			case <-ctx.Done():
				results <- "end"
			case <-time.After(time.Second):
				results <- "timer"
			}
		})
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	for r := range results {
		mu.Lock()
		hits[r]++
		mu.Unlock()
	}
	for r, n := range hits {
		fmt.Println(r, n)
	}
	fmt.Println(rand.Uint64())
}
