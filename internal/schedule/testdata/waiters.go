package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func main() {
	ctx, cancel := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		wg.Go(func() {
			<-ctx.Done()
			fmt.Println(name)
		})
	}
	time.Sleep(time.Second) // all wait
	cancel()
	wg.Wait()
}
