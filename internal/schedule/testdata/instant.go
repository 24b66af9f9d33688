package main

import (
	"fmt"
	"time"
)

func main() {
	values := make(chan int)
	go func() {
		time.Sleep(time.Second)
		values <- 1
	}()
	select {
	case <-time.After(time.Second):
		fmt.Println("timer")
	case <-values:
		fmt.Println("value")
	}
}
