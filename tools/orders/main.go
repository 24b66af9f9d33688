// Orders runs the whole program of each Example under many orders, and says under which of them
// its output is not the one that go test compares with.
//
//	orders [-seeds N] [NAME ...]
//	orders -seed S NAME
//
// NAME is an Example, such as gather.ExampleAll; without one, all are run. An order is chosen by
// a seed; package internal/schedule says what it decides. Seeds go from 0 to N-1, and N is 1000
// by default. With -seed, one program runs under one order: its output is printed, and how it
// differs. The same seed of the same program gives the same order each time.
//
// The command runs in the root of the module, and keeps what it builds in .bin/orders. The last
// line is the figure: how many Examples keep their output, and which were not run, with the
// reason.
//
// Exit status: 0 all keep their output, 1 an output differs or a program does not build, 2 wrong
// usage.
//
// # Non-goals
//
// No choice of what is shuffled, no search for a smallest order, no programs but Examples.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
)

const usage = `usage: orders [-seeds N] [NAME ...]
       orders -seed S NAME

Orders runs the programs of Examples under many orders of goroutines, select, timers and maps.
  -seeds N   how many orders for each; 1000 by default
  -seed S    run one Example under one order, and print its output
  NAME       an Example, such as gather.ExampleAll; without one, all
`

// usualSeeds is how many orders are tried unless -seeds says otherwise.
const usualSeeds = 1000

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the command without the process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("orders", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	seeds := flags.Uint("seeds", usualSeeds, "")
	seed := flags.Uint64("seed", 0, "")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return 0
	}
	one := false
	given := 0
	flags.Visit(func(f *flag.Flag) { one = one || f.Name == "seed"; given++ })
	if err == nil {
		err = checkFlags(one, given, flags.NArg(), *seeds)
	}
	if err != nil {
		fmt.Fprintf(stderr, "orders: %v\n%s", err, usage)
		return 2
	}
	c := &command{root: ".", names: flags.Args(), out: stdout}
	ok := false
	if one {
		ok, err = c.one(ctx, *seed)
	} else {
		ok, err = c.each(ctx, *seeds)
	}
	if err != nil {
		fmt.Fprintln(stderr, "orders:", err)
	}
	if err != nil || !ok {
		return 1
	}
	return 0
}

func checkFlags(one bool, given, names int, seeds uint) error {
	switch {
	case one && given > 1:
		return errors.New("-seed and -seeds exclude each other")
	case one && names != 1:
		return errors.New("-seed runs one Example; name it")
	case seeds == 0:
		return errors.New("-seeds 0: it takes at least one order")
	}
	if _, err := os.Stat("go.mod"); err != nil {
		return errors.New("no go.mod here; run orders in the root of the repository")
	}
	return nil
}

// scratch is where the programs are built, below the root.
func scratch(root string) string { return filepath.Join(root, ".bin", "orders") }
