package race

import (
	"fmt"
	"os/exec"
	"sync"
)

// Example has the order that one machine shows nearly always: main goes on before the goroutine
// that it starts does.
func Example() {
	var wg sync.WaitGroup
	wg.Go(func() { fmt.Println("second") })
	fmt.Println("first")
	wg.Wait()
	// Output:
	// first
	// second
}

func Example_ordered() {
	done := make(chan bool)
	go func() {
		defer close(done)
		fmt.Println("first")
	}()
	<-done
	fmt.Println("second")
	// Output:
	// first
	// second
}

func Example_unordered() {
	var wg sync.WaitGroup
	wg.Go(func() { fmt.Println("first") })
	wg.Go(func() { fmt.Println("second") })
	wg.Wait()
	// Unordered output:
	// first
	// second
}

// Example_stuck waits for ever if the goroutine looks before the value is there.
func Example_stuck() {
	values := make(chan int, 1)
	found := make(chan bool)
	go func() {
		if len(values) > 0 {
			found <- true
		}
	}()
	values <- 1
	<-found
	fmt.Println("found")
	// Output: found
}

func Example_process() {
	err := exec.Command("true").Run()
	fmt.Println(err)
	// Output: <nil>
}
