package recorded

import (
	"context"
	"crypto/sha256"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/program"
	"github.com/awaitless/awaitless/internal/source"
	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/virtualtime"
)

// programs are the jobs of Examples and of sections.
func (c *cache) programs(sources *source.Set, names []string) (jobs []*job, err error) {
	if len(names) == 0 {
		return nil, nil
	}
	set, err := program.Load(c.root, "./"+source.ExamplesDir+"/...")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		src, at, err := find(set, sources, name)
		jobs = append(jobs, &job{
			Recording: Recording{At: at, Err: err},
			name:      name,
			folder:    filepath.Join(c.folder, virtualtime.Folder(name)),
			key:       c.programKey(src),
			record: func(ctx context.Context) (*timeline.Timeline, error) {
				return virtualtime.Record(ctx, c.folder, src)
			},
		})
	}
	return jobs, nil
}

// find finds the program that a timeline names: an Example, or a section of a script.
func find(set *program.Set, sources *source.Set, name string) (src virtualtime.Source, at finding.Position, err error) {
	src.Name = name
	if strings.HasPrefix(name, "scripts/") {
		sec, err := sources.Section(name)
		src.Files = map[string][]byte{"main.go": sec.Text}
		src.Locate = func(_ string, line int) string { return fmt.Sprintf("%s:%d", sec.Name, line) }
		return src, sec.At, err
	}
	p, err := set.Program(name)
	if err != nil {
		return src, at, err
	}
	src.Files = map[string][]byte{"main.go": p.Source}
	src.Locate, err = virtualtime.Declarations(p.Source, name[strings.LastIndexByte(name, '.')+1:])
	return src, finding.At(p.Pos.Filename, p.Pos.Line), err
}

func (c *cache) programKey(src virtualtime.Source) []byte {
	h := sha256.New()
	h.Write(c.tool)
	h.Write([]byte(src.Name))
	h.Write(src.Files["main.go"])
	return h.Sum(nil)
}
