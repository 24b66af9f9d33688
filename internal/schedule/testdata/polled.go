package main

import (
	"fmt"
	"time"
)

func main() {
	timer := time.NewTimer(time.Second)
	time.Sleep(time.Second)
	select {
	case <-timer.C:
		fmt.Println("late")
	default:
		fmt.Println("early")
	}
}
