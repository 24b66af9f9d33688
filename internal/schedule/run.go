package schedule

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/awaitless/awaitless/internal/playback"
)

// patience bounds, in real time, what takes milliseconds.
const patience = 20 * time.Second

// errHang is why a run was ended.
var errHang = fmt.Errorf("the program did not end within %v", patience)

// Run runs the program under the order of a seed and returns what it printed. The same seed gives
// the same order in each run of the same binary. The error says how the program did not end
// well: it hangs, all its goroutines wait, it panics.
func (b *Binary) Run(ctx context.Context, seed uint64) (output string, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errHang)
	defer cancel()
	run := exec.CommandContext(ctx, b.path)
	// No more than this, so that no program depends on who runs it. What the collector and
	// preemption do would depend on the machine.
	run.Env = []string{fmt.Sprintf("AWAITLESS_SEED=%d", seed), "GOMAXPROCS=1", "GOGC=off", "GODEBUG=asyncpreemptoff=1"}
	var out, errs bytes.Buffer
	run.Stdout, run.Stderr = &out, &errs
	err = run.Run()
	output = string(playback.Unframed(out.Bytes()))
	if err == nil {
		return output, nil
	}
	if ctx.Err() != nil {
		return output, context.Cause(ctx)
	}
	if said := strings.TrimSpace(string(playback.Unframed(errs.Bytes()))); said != "" {
		err = errors.New(said)
	}
	return output, err
}

// Keeps reports whether the output is the one that the program promises.
func (p *Program) Keeps(output string) bool {
	want, got := lines(p.Output), lines(output)
	if p.Unordered {
		slices.Sort(want)
		slices.Sort(got)
	}
	return slices.Equal(want, got)
}

// lines are those that go test compares: without what is blank at either end.
func lines(text string) []string {
	return strings.Split(strings.TrimSpace(text), "\n")
}
