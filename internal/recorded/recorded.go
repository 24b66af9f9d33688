// Package recorded keeps the timelines of programs below .bin/timelines, so that a program is
// recorded once. A recording depends on nothing but the program, the tool and the versions of what
// they use, so it may be kept like a test's result.
package recorded

import (
	"context"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/source"
	"github.com/awaitless/awaitless/internal/timeline"
)

// A Recording is the timeline of one program, or why there is none.
type Recording struct {
	Text []byte           // the timeline as CSV
	At   finding.Position // of the program
	Err  error            // a NoPython, or another error
}

// Timelines returns the recording of each program by its name: that of an Example, of a section of
// a script, or of an asyncio original and its argument. It records, some at the same time, what no
// earlier call has recorded. root is the folder of the module. What is wrong with one program is
// the error of its recording; that nothing can be recorded is the error of the call.
func Timelines(ctx context.Context, root string, sources *source.Set, names []string) (map[string]Recording, error) {
	all := map[string]Recording{}
	if len(names) == 0 {
		return all, nil
	}
	c, err := openCache(ctx, root)
	if err != nil {
		return nil, err
	}
	var originals, programs []string
	for _, name := range names {
		if source.IsPython(name) {
			originals = append(originals, name)
		} else {
			programs = append(programs, name)
		}
	}
	jobs, err := c.originals(ctx, sources, originals)
	if err != nil {
		return nil, err
	}
	more, err := c.programs(sources, programs)
	if err != nil {
		return nil, err
	}
	jobs = append(jobs, more...)
	run(ctx, jobs)
	for _, j := range jobs {
		all[j.name] = j.Recording
	}
	return all, nil
}

// A job is a program to record.
type job struct {
	Recording // its error is set if the program cannot be had
	name      string
	folder    string // of what is kept
	key       []byte // of what makes the recording
	record    func(context.Context) (*timeline.Timeline, error)
}

// run does the jobs, some at the same time.
func run(ctx context.Context, jobs []*job) {
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, j := range jobs {
		if j.Err != nil {
			continue
		}
		g.Go(func() error {
			j.do(ctx)
			return nil
		})
	}
	_ = g.Wait() // each recording keeps its own error
}

func (j *job) do(ctx context.Context) {
	text, err := keep(j.folder, j.key, func() (*timeline.Timeline, error) { return j.record(ctx) })
	if err != nil {
		err = fmt.Errorf("%s (%s) has no timeline: %w", j.name, j.At, err)
	}
	j.Text, j.Err = text, err
}
