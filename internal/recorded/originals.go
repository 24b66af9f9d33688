package recorded

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/source"
	"github.com/awaitless/awaitless/internal/source/python"
	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/asyncio"
	"github.com/awaitless/awaitless/internal/timeline/virtualtime"
)

// NoPython is why there is no recording of an original where no Python can make one.
type NoPython struct{ Reason error }

func (e NoPython) Error() string { return e.Reason.Error() }

// originals are the jobs of asyncio originals.
func (c *cache) originals(ctx context.Context, sources *source.Set, names []string) (jobs []*job, err error) {
	if len(names) == 0 {
		return nil, nil
	}
	py, err := virtualtime.FindPython(ctx)
	if err != nil {
		for _, name := range names {
			jobs = append(jobs, &job{Recording: Recording{Err: NoPython{err}}, name: name})
		}
		return jobs, nil
	}
	recorder := filepath.Join(c.folder, ".asyncio")
	if err := asyncio.Write(recorder); err != nil {
		return nil, err
	}
	for _, name := range names {
		f, arg, err := sources.Python(name)
		if err != nil {
			jobs = append(jobs, &job{Recording: Recording{Err: err}, name: name})
			continue
		}
		jobs = append(jobs, c.original(name, py, filepath.Join(recorder, asyncio.Timeline), f, arg))
	}
	return jobs, nil
}

func (c *cache) original(name string, py virtualtime.Python, recorder string, f *python.File, arg string) *job {
	src := virtualtime.PythonSource{Recorder: recorder, File: filepath.Join(c.root, f.Path), Locate: f.Locate}
	if arg != "" {
		src.Args = []string{arg}
	}
	h := sha256.New()
	fmt.Fprintf(h, "%x %x %s %s %s\n%s", c.tool, asyncio.Sum(), py.Version, f.Path, arg, f.Text)
	return &job{
		Recording: Recording{At: finding.At(f.Path, f.Line(arg))},
		name:      name,
		folder:    filepath.Join(c.folder, virtualtime.Folder(f.Path+":"+arg)),
		key:       h.Sum(nil),
		record:    func(ctx context.Context) (*timeline.Timeline, error) { return py.Record(ctx, src) },
	}
}
