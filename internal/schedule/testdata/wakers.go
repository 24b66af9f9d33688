package main

import (
	"fmt"
	"sync"
)

func main() {
	done := make(chan bool)
	var wg sync.WaitGroup
	wg.Go(func() {
		<-done
		fmt.Println("woken")
	})
	close(done)
	fmt.Println("main")
	wg.Wait()
}
