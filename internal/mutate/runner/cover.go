package runner

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"golang.org/x/tools/cover"

	"github.com/awaitless/awaitless/internal/mutate"
)

// A test is one test of a package, with what it reaches without a fault.
type test struct {
	name   string
	usual  time.Duration
	blocks map[string][]cover.ProfileBlock // by the name of the file
}

// measure runs each test alone, without a fault. It is an error if one fails.
func measure(ctx context.Context, b binary, parallel int) ([]test, error) {
	names, err := b.tests(ctx)
	if err != nil {
		return nil, err
	}
	tests := make([]test, len(names))
	errs := make([]error, len(names))
	each(len(names), parallel, func(i int) {
		tests[i], errs[i] = measureOne(ctx, b, names[i])
	})
	return tests, errors.Join(errs...)
}

func measureOne(ctx context.Context, b binary, name string) (test, error) {
	profile := filepath.Join(filepath.Dir(b.path), name+".cover")
	got := b.run(ctx, 0, exactly(name), time.Minute, "-test.coverprofile", profile)
	if got.failed {
		return test{}, fmt.Errorf("%s in %s fails without a fault:\n%s", name, b.dir, got.output)
	}
	t := test{name: name, usual: got.took, blocks: map[string][]cover.ProfileBlock{}}
	if _, err := os.Stat(profile); err != nil {
		return t, nil // a test that ends the process by itself
	}
	profiles, err := cover.ParseProfiles(profile)
	if err != nil {
		return test{}, err
	}
	for _, p := range profiles {
		for _, block := range p.Blocks {
			if block.Count > 0 {
				file := path.Base(p.FileName)
				t.blocks[file] = append(t.blocks[file], block)
			}
		}
	}
	return t, nil
}

func exactly(name string) string { return "^" + name + "$" }

// reaching returns the tests that run the declaration of m: those first that reach its line, and
// of those the quick ones. If none does, it returns all: a test may reach code in a process of
// its own.
func reaching(tests []test, m *mutate.Mutant) []test {
	f := m.Decl.File
	if m.Decl.Func == nil {
		return byTime(tests, func(test) int { return 0 })
	}
	file := filepath.Base(f.Path)
	first, last := f.Tok.Line(m.Decl.Func.Body.Pos()), f.Tok.Line(m.Decl.Func.Body.End())
	far := func(t test) int { return distance(t.blocks[file], first, last, m.Line) }
	near := slices.DeleteFunc(slices.Clone(tests), func(t test) bool { return far(t) > 1 })
	if len(near) == 0 {
		near = tests
	}
	return byTime(near, far)
}

// distance is 0 if one of the blocks holds the line, 1 if one is between first and last, and
// 2 otherwise.
func distance(blocks []cover.ProfileBlock, first, last, line int) int {
	far := 2
	for _, b := range blocks {
		if b.StartLine <= line && line <= b.EndLine {
			return 0
		}
		if first <= b.EndLine && b.StartLine <= last {
			far = 1
		}
	}
	return far
}

func byTime(tests []test, far func(test) int) []test {
	return slices.SortedStableFunc(slices.Values(tests), func(a, b test) int {
		return cmp.Or(cmp.Compare(far(a), far(b)), cmp.Compare(a.usual, b.usual))
	})
}

// each calls do for 0 to n-1, so many at a time.
func each(n, parallel int, do func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, parallel) {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
