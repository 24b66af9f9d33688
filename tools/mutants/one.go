package main

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/mutate"
	"github.com/awaitless/awaitless/internal/mutate/check"
	"github.com/awaitless/awaitless/internal/mutate/runner"
)

// one shows or runs a single mutant.
func (c *command) one(ctx context.Context, pkgs []*mutate.Package, id string) (bool, error) {
	for _, p := range pkgs {
		if !strings.HasPrefix(id, p.Name+".") {
			continue
		}
		mutants := check.Mutants(p)
		i := slices.IndexFunc(mutants, func(m *mutate.Mutant) bool { return m.ID() == id })
		if i < 0 {
			continue
		}
		m := mutants[i]
		fmt.Fprint(c.out, m.Diff())
		if c.show != "" {
			return true, nil
		}
		results, err := runner.Run(ctx, p, mutants, func(x *mutate.Mutant) bool { return x == m },
			runner.Options{Race: c.race, Parallel: c.parallel})
		if err != nil {
			return false, err
		}
		r := results[0]
		switch {
		case m.Vet != "":
			fmt.Fprintln(c.out, "killed by vet:", m.Vet)
		case r.Killed():
			fmt.Fprintf(c.out, "%s\nkilled by %s\n", r.Output, r.By)
		case r.Coin != "":
			fmt.Fprintf(c.out, "%s\nsurvives: %s fails in %d of %d runs\n", r.Output, r.Coin, r.Fell, runner.Runs)
		default:
			fmt.Fprintln(c.out, "survives")
		}
		return r.Killed(), nil
	}
	return false, fmt.Errorf("no mutant is called %q; -v lists them", id)
}

// changedPackages returns the packages among the patterns with Go files that differ from rev,
// as ./folder.
func changedPackages(ctx context.Context, rev string, patterns []string) ([]string, error) {
	out, err := exec.CommandContext(ctx, "git", "diff", "--name-only", "--relative", rev, "--", "*.go").Output()
	if err != nil {
		if e, ok := err.(*exec.ExitError); ok {
			return nil, fmt.Errorf("git diff %s: %s", rev, strings.TrimSpace(string(e.Stderr)))
		}
		return nil, fmt.Errorf("git diff: %w", err)
	}
	touched := map[string]bool{}
	for file := range strings.Lines(string(out)) {
		touched["./"+filepath.ToSlash(filepath.Dir(strings.TrimSpace(file)))] = true
	}
	list, err := exec.CommandContext(ctx, "go", append([]string{"list", "-f", "{{.Dir}}"}, patterns...)...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var changed []string
	for dir := range strings.Lines(string(list)) {
		if folder := "./" + relative(strings.TrimSpace(dir)); touched[folder] {
			changed = append(changed, folder)
		}
	}
	return changed, nil
}
