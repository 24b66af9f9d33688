package main

import "fmt"

func main() {
	for name := range map[string]bool{"a": true, "b": true, "c": true, "d": true} {
		fmt.Println(name)
	}
}
