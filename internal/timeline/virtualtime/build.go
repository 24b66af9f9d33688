package virtualtime

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/awaitless/awaitless/internal/rewrite"
)

// build builds the instrumented program. The compiler takes the changed files through an
// overlay, so that a program stays in its own module, untouched.
func (s *Source) build(ctx context.Context, scratch string, files map[string][]byte) (binary string, err error) {
	dir := s.Dir
	if dir == "" {
		dir = scratch
	}
	replace := map[string]string{}
	for name, src := range files {
		there := filepath.Join(scratch, name)
		if err := rewrite.File(there, src); err != nil {
			return "", err
		}
		replace[filepath.Join(dir, name)] = there
	}
	if err := fixed(ctx, dir, scratch, replace); err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	list := filepath.Join(scratch, "overlay.json")
	if err := rewrite.File(list, overlay); err != nil {
		return "", err
	}
	binary = filepath.Join(scratch, "program")
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-tags", "faketime",
		"-overlay", list, "-o", binary, ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("it does not build: %w\n%s", err, bytes.TrimSpace(out))
	}
	return binary, nil
}

// turns are the changes to Go's runtime that make chance the same in each run: which case of a
// select is next, the order of a map, random numbers, and whether a system call was so slow, by
// the clock of the machine, that another goroutine took its turn.
var turns = []struct{ file, from, to, more string }{
	{"select.go", "j := cheaprandn(uint32(norder + 1))", "j := timelineTurn(uint32(norder + 1))", `
var timelineState uint32

func timelineTurn(n uint32) uint32 {
	timelineState = timelineState*1664525 + 1013904223
	return uint32(uint64(timelineState) * uint64(n) >> 32)
}
`},
	{"proc.go", "func retake(now int64) uint32 {\n", "func retake(now int64) uint32 {\n\treturn 0\n", ""},
	{"rand.go", "\tc := &mp.chacha8\n",
		"\tif getg() == mp.curg {\n\t\treturn timelineRandom()\n\t}\n\tc := &mp.chacha8\n", `
var timelineRandomState uint64

func timelineRandom() uint64 { // splitmix64
	timelineRandomState += 0x9e3779b97f4a7c15
	z := timelineRandomState
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
`},
}

// fixed adds the changed files of the runtime to an overlay. A Go whose runtime is another keeps
// it as it is, and then the picture of a program that leaves something to chance is of one run.
func fixed(ctx context.Context, dir, scratch string, replace map[string]string) error {
	env := exec.CommandContext(ctx, "go", "env", "GOROOT")
	env.Dir = dir
	goroot, err := env.Output()
	if err != nil {
		return fmt.Errorf("go env GOROOT: %w", err)
	}
	for _, turn := range turns {
		path := filepath.Join(string(bytes.TrimSpace(goroot)), "src", "runtime", turn.file)
		src, err := os.ReadFile(path)
		if err != nil || bytes.Count(src, []byte(turn.from)) != 1 {
			continue
		}
		src = append(bytes.Replace(src, []byte(turn.from), []byte(turn.to), 1), turn.more...)
		there := filepath.Join(scratch, "runtime", turn.file)
		if err := os.MkdirAll(filepath.Dir(there), 0o777); err != nil {
			return err
		}
		if err := rewrite.File(there, src); err != nil {
			return err
		}
		replace[path] = there
	}
	return nil
}
