package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"
	"weak"
)

// main does what usually needs a second thread or a second processor.
func main() {
	runtime.GOMAXPROCS(4)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM)
	syscall.Kill(syscall.Getpid(), syscall.SIGTERM)
	fmt.Println(<-signals)

	block := new([1000]int)
	pointer := weak.Make(block)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			for range 10 {
				_ = make([]byte, 10_000)
				runtime.GC()
			}
		})
	}
	wg.Wait()
	fmt.Println(pointer.Value() == nil, rand.Uint64())
}
