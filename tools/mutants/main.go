// Mutants makes one small fault of concurrency after the other in Go packages, and says which of
// them neither go vet nor the tests of the package notice.
//
//	mutants [-race] [-v] [-p N] [-equivalent FILE] [-changed REV] [PACKAGE ...]
//	mutants -show ID
//	mutants -run ID
//
// Without a package it takes all of ./examples. A survivor is a line "file:line: ID: change". Its
// ID is the declaration, the kind of the fault and a number, such as "gather.First defer 1";
// -show prints the change as a diff, and -run prints what the tests say of it.
//
// A mutant counts as killed when vet rejects it, or when one test fails in five of five runs.
// Mutants that cannot be noticed stand in FILE, each with a reason; they are run all the same,
// and one that is killed is a fault of FILE. With -changed, only packages are run that have
// changed since the revision REV.
//
// The last line is the figure: "N of M mutants killed (P %)".
//
// Exit status: 0 at least 98 % are killed and FILE is right, 1 otherwise, 2 wrong usage.
//
// # Non-goals
//
// No faults of plain arithmetic or text, no two faults at once, no choice of kinds.
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
	"runtime"
	"slices"
	"sync"
	"syscall"

	"github.com/awaitless/awaitless/internal/mutate"
	"github.com/awaitless/awaitless/internal/mutate/check"
	"github.com/awaitless/awaitless/internal/mutate/runner"
)

const usage = `usage: mutants [-race] [-v] [-p N] [-equivalent FILE] [-changed REV] [PACKAGE ...]
       mutants -show ID
       mutants -run ID

Mutants makes faults of concurrency in packages, and lists those that no test notices.
  -race             try the tests under the race detector, too
  -v                print each mutant and what noticed it
  -p N              run so many processes at a time; by default two for each processor
  -equivalent FILE  what cannot be noticed: lines "ID | change | reason"
  -changed REV      only packages that have changed since the git revision
  -show ID          print a mutant as a diff
  -run ID           run one mutant, and print what its tests say
`

// enough is how much of all must be killed, in percent.
const enough = 98

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// A command is one call of the tool.
type command struct {
	race, verbose       bool
	parallel            int
	equivalent, changed string
	show, only          string
	packages            []string
	out                 io.Writer
	mu                  sync.Mutex // guards out
	killed, all, wrong  int
}

// run is the command without the process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c := &command{out: stdout}
	flags := flag.NewFlagSet("mutants", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&c.race, "race", false, "")
	flags.BoolVar(&c.verbose, "v", false, "")
	flags.IntVar(&c.parallel, "p", 2*runtime.GOMAXPROCS(0), "") // many tests sleep
	flags.StringVar(&c.equivalent, "equivalent", "", "")
	flags.StringVar(&c.changed, "changed", "", "")
	flags.StringVar(&c.show, "show", "", "")
	flags.StringVar(&c.only, "run", "", "")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return 0
	}
	if err != nil || c.parallel < 1 || c.show != "" && c.only != "" {
		fmt.Fprint(stderr, usage)
		return 2
	}
	c.packages = flags.Args()
	if len(c.packages) == 0 {
		c.packages = []string{"./examples/..."}
	}
	ok, err := c.run(ctx)
	if err != nil {
		fmt.Fprintln(stderr, "mutants:", err)
		return 1
	}
	if !ok {
		return 1
	}
	return 0
}

func (c *command) run(ctx context.Context) (bool, error) {
	if c.changed != "" {
		changed, err := changedPackages(ctx, c.changed, c.packages)
		if err != nil {
			return false, err
		}
		if len(changed) == 0 {
			fmt.Fprintln(c.out, "no package has changed since", c.changed)
			return true, nil
		}
		c.packages = changed
	}
	pkgs, err := mutate.Load(".", c.packages...)
	if err != nil {
		return false, err
	}
	if id := c.show + c.only; id != "" {
		return c.one(ctx, pkgs, id)
	}
	return c.each(ctx, pkgs)
}

// each runs the mutants of all packages, and prints the survivors and the figure.
func (c *command) each(ctx context.Context, pkgs []*mutate.Package) (bool, error) {
	var equivalents *mutate.Equivalents
	if c.equivalent != "" {
		var err error
		if equivalents, err = mutate.ReadEquivalents(c.equivalent); err != nil {
			return false, err
		}
	}
	names := map[string]bool{}
	for _, p := range pkgs {
		opts := runner.Options{Race: c.race, Parallel: c.parallel}
		if c.verbose {
			opts.Done = c.progress
		}
		mutants := check.Mutants(p)
		if len(mutants) == 0 {
			continue
		}
		results, err := runner.Run(ctx, p, mutants, nil, opts)
		if ctx.Err() != nil {
			return false, context.Cause(ctx)
		}
		if err != nil {
			c.wrong++
			fmt.Fprintln(c.out, err)
			continue
		}
		names[p.Name] = true
		for _, r := range results {
			c.count(r, equivalents.Has(r.Mutant))
		}
	}
	if equivalents != nil {
		stale := equivalents.Stale(names)
		slices.Sort(stale)
		for _, line := range stale {
			c.wrong++
			fmt.Fprintln(c.out, line)
		}
	}
	percent := 100.0
	if c.all > 0 {
		percent = 100 * float64(c.killed) / float64(c.all)
	}
	if percent < enough {
		c.advise()
	}
	fmt.Fprintf(c.out, "%d of %d mutants killed (%.1f %%)\n", c.killed, c.all, percent)
	return percent >= enough && c.wrong == 0, nil
}

// advise says what to do about survivors.
func (c *command) advise() {
	fmt.Fprintf(c.out, "no test notices these, and %d %% must be noticed: see one with "+
		"go run ./tools/mutants -show 'ID', and write the test that fails", enough)
	if c.equivalent != "" {
		fmt.Fprintf(c.out, "; if nothing could notice it, add ID | change | reason to %s", c.equivalent)
	}
	fmt.Fprintln(c.out)
}

// progress prints what became of one mutant.
func (c *command) progress(r *runner.Result) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if r.Killed() {
		fmt.Fprintf(c.out, "%s: killed by %s\n", r.ID(), r.By)
	}
}

// count adds one result to the figure and prints it if it is a fault.
func (c *command) count(r *runner.Result, equivalent bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	place := fmt.Sprintf("%s:%d: %s", relative(r.File), r.Line, r.ID())
	switch {
	case equivalent && r.Killed():
		c.wrong++
		fmt.Fprintf(c.out, "%s: is not equivalent, %s kills it; strike its line\n", place, r.By)
	case equivalent:
	case r.Killed():
		c.all++
		c.killed++
	default:
		c.all++
		coin := ""
		if r.Coin != "" {
			coin = fmt.Sprintf(" (%s fails in %d of %d runs)", r.Coin, r.Fell, runner.Runs)
		}
		fmt.Fprintf(c.out, "%s | %s%s\n", place, r.What, coin)
	}
}

func relative(path string) string {
	dir, err := os.Getwd()
	if err != nil {
		return path
	}
	if rel, err := filepath.Rel(dir, path); err == nil {
		return filepath.ToSlash(rel)
	}
	return path
}
