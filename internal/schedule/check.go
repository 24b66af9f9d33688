package schedule

import (
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"
)

// A Failure is a seed under which a program does not keep its output.
type Failure struct {
	Program Program
	Seed    uint64
	Output  string // what it printed
	Err     error  // how it ended, if not well
}

// Check runs each program under the seeds from 0 on, and returns the first seed at which it
// fails, if any. The failures come in the order of the programs. Programs do not share a
// processor with one another: as many run at a time as this machine has.
func Check(ctx context.Context, programs []Binary, seeds int) ([]Failure, error) {
	failures := make([]*Failure, len(programs))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i := range programs {
		g.Go(func() error {
			failures[i] = programs[i].check(ctx, seeds)
			return nil
		})
	}
	_ = g.Wait()
	var found []Failure
	for _, f := range failures {
		if f != nil {
			found = append(found, *f)
		}
	}
	return found, context.Cause(ctx)
}

// check returns the first failure.
func (b *Binary) check(ctx context.Context, seeds int) *Failure {
	for seed := range uint64(seeds) {
		output, err := b.Run(ctx, seed)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil || !b.Keeps(output) {
			return &Failure{b.Program, seed, output, err}
		}
	}
	return nil
}
