package runner

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/awaitless/awaitless/internal/mutate/schema"
)

// An outcome is what became of one run of one test.
type outcome struct {
	failed bool
	hung   bool // it did not end in time
	output string
	took   time.Duration
}

// A binary is the test binary of a package.
type binary struct {
	path string
	dir  string // where its tests run
	race bool
}

// patience is how long a run may take whose test takes usual without a fault. Nothing but a
// hang takes so long, also on a busy machine.
func patience(usual time.Duration) time.Duration { return min(atLeast+10*usual, 3*atLeast) }

// atLeast is a variable for the tests of this package only.
var atLeast = 10 * time.Second

// run runs the tests whose name matches the pattern, with one mutant, or with none if number
// is 0.
func (b binary) run(ctx context.Context, number int, test string, limit time.Duration, flags ...string) outcome {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	// A time-out of package testing would be a timer, and the runtime sees a deadlock only
	// where there is none.
	args := append([]string{"-test.run", test, "-test.timeout=0", "-test.count=1"}, flags...)
	cmd := exec.CommandContext(ctx, b.path, args...)
	if _, err := exec.LookPath("sh"); err == nil && !b.race && runtime.GOOS == "linux" {
		// A loop that appends for ever must not use up the machine. The race detector
		// needs address space without end.
		args = append([]string{"-c", `ulimit -v 8000000; exec "$0" "$@"`, b.path}, args...)
		cmd = exec.CommandContext(ctx, "sh", args...)
	}
	var out tail
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Dir = b.dir
	group(cmd)
	cmd.WaitDelay = time.Second
	cmd.Env = append(os.Environ(), fmt.Sprint(schema.Variable, "=", number), "GORACE=atexit_sleep_ms=0")
	start := time.Now()
	err := cmd.Run()
	return outcome{err != nil, ctx.Err() != nil, out.String(), time.Since(start)}
}

// tests lists the tests, Examples and fuzz targets of the binary.
func (b binary) tests(ctx context.Context) ([]string, error) {
	got := b.run(ctx, 0, ".", time.Minute, "-test.list", ".")
	if got.failed {
		return nil, fmt.Errorf("listing the tests in %s failed:\n%s", b.dir, got.output)
	}
	var names []string
	for line := range strings.Lines(got.output) {
		name := strings.TrimSpace(line)
		for _, prefix := range []string{"Test", "Example", "Fuzz"} {
			if strings.HasPrefix(name, prefix) {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

// A tail keeps the last bytes that are written to it.
type tail struct{ bytes []byte }

func (t *tail) Write(p []byte) (int, error) {
	const most = 64 << 10
	t.bytes = append(t.bytes, p...)
	if over := len(t.bytes) - most; over > 0 {
		t.bytes = append(t.bytes[:0], t.bytes[over:]...)
	}
	return len(p), nil
}

func (t *tail) String() string { return string(t.bytes) }
