// Package runner finds out whether vet and the tests of a package notice its mutants.
//
// All mutants are compiled into one test binary, beside the code as it is; package schema makes
// its source. A mutant that must be alone has a binary of its own. Each test runs alone: first
// without a fault, which says what it reaches and how long it takes, then with each mutant that it
// can reach.
//
// A mutant is killed when vet rejects it, or when one test fails in five of five runs. A test
// that fails less often is a coin flip, and does not count.
//
// Only on Linux is the memory of a process bounded, and only where there are process groups does
// what a test has started end with it.
package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/awaitless/awaitless/internal/mutate"
	"github.com/awaitless/awaitless/internal/mutate/schema"
)

// Runs is how often a test must fail in a row to kill a mutant.
const Runs = 5

// Options say how the mutants are run.
type Options struct {
	Race     bool          // also under the race detector, which needs a C compiler on Linux
	Parallel int           // so many processes at a time
	Done     func(*Result) // called for each mutant as it is done, by many goroutines
}

// A Result is what became of one mutant.
type Result struct {
	*mutate.Mutant
	By   string // the test that killed it, or vet; nothing if it survived
	Coin string // the test that killed it in some runs only
	Fell int    // in so many of Runs

	Output string // what the test printed that failed
}

// Killed reports whether vet or a test notices the mutant each time.
func (r *Result) Killed() bool { return r.By != "" }

// Run runs the mutants, which are all of p, against vet and the tests of the package. wanted
// says which of them: nil is all.
func Run(ctx context.Context, p *mutate.Package, mutants []*mutate.Mutant, wanted func(*mutate.Mutant) bool, opts Options) ([]*Result, error) {
	temp, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(temp)
	r := &runner{pkg: p, opts: opts, temp: temp}
	if err := r.prepare(ctx, mutants); err != nil {
		return nil, err
	}
	var chosen []*mutate.Mutant
	for _, m := range mutants {
		if wanted == nil || wanted(m) {
			chosen = append(chosen, m)
		}
	}
	results := make([]*Result, len(chosen))
	errs := make([]error, len(chosen))
	each(len(chosen), opts.Parallel, func(i int) {
		if ctx.Err() != nil {
			errs[i] = context.Cause(ctx)
			return
		}
		results[i], errs[i] = r.judge(ctx, chosen[i])
		if errs[i] == nil && opts.Done != nil {
			opts.Done(results[i])
		}
	})
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return results, errors.Join(errs...)
}

// A runner has the binaries of one package.
type runner struct {
	pkg    *mutate.Package
	opts   Options
	temp   string
	tests  []test
	joined []binary
}

// flags are those of the two ways to build: a binary without cgo sees each deadlock.
func (r *runner) ways() []way {
	ways := []way{{"plain", false, []string{"CGO_ENABLED=0"}, nil}}
	if r.opts.Race {
		ways = append(ways, way{"race", true, nil, []string{"-race"}})
	}
	return ways
}

type way struct {
	name  string
	race  bool
	env   []string
	flags []string
}

// prepare builds the binaries, and makes sure that no test fails without a fault.
func (r *runner) prepare(ctx context.Context, mutants []*mutate.Mutant) error {
	covered := binary{filepath.Join(r.temp, "cover.test"), r.pkg.Dir, false}
	if err := build(r.pkg, covered.path, nil, []string{"CGO_ENABLED=0"}, "-cover"); err != nil {
		return err
	}
	var err error
	if r.tests, err = measure(ctx, covered, 2*r.opts.Parallel); err != nil {
		return err
	}
	files := schema.Join(r.pkg, mutants)
	for _, w := range r.ways() {
		b, err := r.build("joined", w, files)
		if err != nil {
			return err
		}
		r.joined = append(r.joined, b)
		errs := make([]error, len(r.tests))
		each(len(r.tests), 2*r.opts.Parallel, func(i int) {
			t := r.tests[i]
			if got := b.run(ctx, 0, exactly(t.name), patience(t.usual)); got.failed {
				errs[i] = fmt.Errorf("%s in %s fails in the %s binary without a fault:\n%s",
					t.name, r.pkg.Dir, w.name, got.output)
			}
		})
		if err := errors.Join(errs...); err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) build(name string, w way, files map[string][]byte) (binary, error) {
	b := binary{filepath.Join(r.temp, name+"."+w.name+".test"), r.pkg.Dir, w.race}
	return b, build(r.pkg, b.path, files, w.env, w.flags...)
}

// judge finds out what becomes of one mutant.
func (r *runner) judge(ctx context.Context, m *mutate.Mutant) (*Result, error) {
	res := &Result{Mutant: m}
	if m.Vet != "" {
		res.By = "vet"
		return res, nil
	}
	for i, w := range r.ways() {
		b := r.joined
		number := m.Number
		var bin binary
		if schema.Alone(m) {
			var err error
			files := map[string][]byte{m.File: mutate.Apply(m.Decl.File.Src, m.Edits)}
			if bin, err = r.build(fmt.Sprint("alone", m.Number), w, files); err != nil {
				return nil, err
			}
		} else {
			bin = b[i]
		}
		for _, t := range reaching(r.tests, m) {
			fell, output := fails(ctx, bin, number, t)
			if fell == Runs {
				res.By, res.Output = t.name, output
				if w.race {
					res.By += " -race"
				}
				return res, nil
			}
			if fell > res.Fell {
				res.Coin, res.Fell, res.Output = t.name, fell, output
			}
		}
	}
	return res, nil
}

// fails says in how many of Runs runs the test notices the mutant. It stops at the first run
// in which the test passes before it has failed once.
func fails(ctx context.Context, b binary, number int, t test) (int, string) {
	limit := patience(t.usual)
	first := b.run(ctx, number, exactly(t.name), limit)
	if !first.failed {
		return 0, ""
	}
	parallel := 1
	if first.hung || t.usual > 200*time.Millisecond {
		parallel = Runs // what hangs or sleeps needs no processor
	}
	failed := make([]bool, Runs)
	failed[0] = true
	each(Runs-1, parallel, func(i int) {
		failed[i+1] = b.run(ctx, number, exactly(t.name), limit).failed
	})
	n := 0
	for _, f := range failed {
		if f {
			n++
		}
	}
	return n, first.output
}
