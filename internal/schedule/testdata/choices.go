package main

import (
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	for _, name := range []string{"a", "b", "c"} {
		wg.Go(func() { fmt.Println(name) })
	}
	wg.Wait()

	left, right := make(chan bool, 1), make(chan bool, 1)
	left <- true
	right <- true
	select {
	case <-left:
		fmt.Println("left")
	case <-right:
		fmt.Println("right")
	}

	for _, name := range []string{"x", "y"} {
		time.AfterFunc(time.Second, func() { fmt.Println(name) })
	}
	time.Sleep(2 * time.Second)
}
