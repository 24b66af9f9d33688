package main

import (
	"errors"
	"fmt"

	"golang.org/x/sync/errgroup"
)

func main() {
	var g errgroup.Group
	g.Go(func() error { return errors.New("a") })
	g.Go(func() error { return errors.New("b") })
	fmt.Println(g.Wait())
}
