package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/awaitless/awaitless/internal/program"
	"github.com/awaitless/awaitless/internal/schedule"
)

// A command is one call of the tool.
type command struct {
	root  string
	names []string // of Examples; none means all
	out   io.Writer
}

// each runs programs under the first seeds, and prints the failures and the figure.
func (c *command) each(ctx context.Context, seeds uint) (bool, error) {
	x, err := load(c.root, c.names)
	if err != nil {
		return false, err
	}
	binaries, err := schedule.Build(ctx, scratch(c.root), x.programs)
	if err != nil {
		return false, err
	}
	failures, err := schedule.Check(ctx, binaries, int(seeds))
	if err != nil {
		return false, err
	}
	for _, f := range failures {
		fmt.Fprintln(c.out, x.describe(f))
	}
	fmt.Fprintln(c.out, x.figure(len(failures), seeds))
	return len(failures) == 0, nil
}

// one runs one program under one seed.
func (c *command) one(ctx context.Context, seed uint64) (bool, error) {
	x, err := load(c.root, c.names)
	if err != nil {
		return false, err
	}
	if len(x.programs) == 0 {
		return false, errors.New("not run: " + strings.Join(x.skipped, ", "))
	}
	binaries, err := schedule.Build(ctx, scratch(c.root), x.programs)
	if err != nil {
		return false, err
	}
	output, err := binaries[0].Run(ctx, seed)
	fmt.Fprint(c.out, output)
	if err == nil && binaries[0].Keeps(output) {
		return true, nil
	}
	f := schedule.Failure{Program: binaries[0].Program, Seed: seed, Output: output, Err: err}
	fmt.Fprintf(c.out, "\n%s\n", x.describe(f))
	return false, nil
}

// The examples are what a call is about.
type examples struct {
	programs []schedule.Program
	places   map[string]string // of the Examples: FILE:LINE
	skipped  []string          // those that are not run: NAME (reason)
}

// load makes the programs of the named Examples, or of all, that go test would run.
func load(root string, names []string) (*examples, error) {
	set, err := program.Load(root, "./examples/...")
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		names = set.Names()
	}
	x := &examples{places: map[string]string{}}
	for _, name := range names {
		p, err := set.Program(name)
		if err != nil {
			return nil, err
		}
		reason := schedule.Excluded(p.Source)
		if !p.HasOutput {
			reason = "go test does not run it either: it has no output comment"
		}
		if reason != "" {
			x.skipped = append(x.skipped, fmt.Sprintf("%s (%s)", name, reason))
			continue
		}
		x.programs = append(x.programs, schedule.Program{Name: name, Source: p.Source, Output: p.Output, Unordered: p.Unordered})
		x.places[name] = fmt.Sprintf("%s:%d", p.Pos.Filename, p.Pos.Line)
	}
	return x, nil
}

// describe says where the Example of a failure stands, how the output differs, and how to see
// that again.
func (x *examples) describe(f schedule.Failure) string {
	var b strings.Builder
	name := f.Program.Name
	fmt.Fprintf(&b, "%s: under the order of seed %d, %s ", x.places[name], f.Seed, name)
	if f.Err != nil {
		fmt.Fprintf(&b, "fails: %v\n", f.Err)
	} else {
		fmt.Fprintf(&b, "does not keep its output\n")
	}
	if !f.Program.Keeps(f.Output) {
		b.Write(diff.Diff("output comment", text(f.Program.Output), fmt.Sprintf("seed %d", f.Seed), text(f.Output)))
	}
	fmt.Fprintf(&b, "\tgo run ./tools/orders -seed %d %s", f.Seed, name)
	return b.String()
}

// text is an output as go test compares it, with a last line that ends.
func text(output string) []byte {
	output = strings.TrimSpace(output)
	if output == "" {
		return nil
	}
	return []byte(output + "\n")
}

// figure is the last line.
func (x *examples) figure(failures int, seeds uint) string {
	all := len(x.programs)
	line := fmt.Sprintf("%d of %d Examples keep their output under %d orders", all-failures, all, seeds)
	if len(x.skipped) > 0 {
		line += fmt.Sprintf("; %d not run: %s", len(x.skipped), strings.Join(x.skipped, ", "))
	}
	return line
}
