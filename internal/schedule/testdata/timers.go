package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

func main() {
	var wg sync.WaitGroup
	wg.Go(func() {
		time.Sleep(time.Second)
		fmt.Println("sleep")
	})
	wg.Go(func() {
		<-time.After(time.Second)
		fmt.Println("channel")
	})
	wg.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		<-ctx.Done()
		fmt.Println("context")
	})
	wg.Add(1)
	time.AfterFunc(time.Second, func() {
		defer wg.Done()
		fmt.Println("function")
	})
	wg.Wait()
}
