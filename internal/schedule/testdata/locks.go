package main

import (
	"fmt"
	"sync"
)

func main() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			fmt.Println(name)
		})
	}
	wg.Wait()
}
