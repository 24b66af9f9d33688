package main

import "fmt"

func main() {
	first := make(chan int)
	for i := range 300 {
		go func() { first <- i / 100 }()
	}
	fmt.Println(<-first)
}
