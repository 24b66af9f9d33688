package main

import "fmt"

func main() {
	a, b, c := make(chan bool), make(chan bool), make(chan bool)
	close(a)
	close(b)
	close(c)
	select {
	case <-a:
		fmt.Println("a")
	case <-b:
		fmt.Println("b")
	case <-c:
		fmt.Println("c")
	}
}
