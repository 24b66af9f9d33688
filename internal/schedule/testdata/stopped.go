package main

import (
	"fmt"
	"time"
)

func main() {
	timer := time.AfterFunc(time.Second, func() {})
	time.Sleep(time.Second)
	fmt.Println("awake")
	fmt.Println(timer.Stop())
}
