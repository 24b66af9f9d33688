package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/schedule"
)

const root = "../.."

// needFaketime skips where Go has no virtual time.
func needFaketime(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip(schedule.ErrUnsupported)
	}
}

// TestExamples runs every Example under the orders that the pages promise.
func TestExamples(t *testing.T) {
	needFaketime(t)
	x, err := load(root, nil)
	require.NoError(t, err)
	binaries, err := schedule.Build(t.Context(), scratch(root), x.programs)
	require.NoError(t, err)
	failures, err := schedule.Check(t.Context(), binaries, schedule.Seeds)
	require.NoError(t, err)
	for _, f := range failures {
		t.Error(x.describe(f))
	}
	t.Log(x.figure(len(failures), schedule.Seeds))
}

// call runs the command in a folder.
func call(t *testing.T, dir string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	t.Chdir(dir)
	var out, errs bytes.Buffer
	code = run(context.Background(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// module is a module with an Example whose order is up to the scheduler,
// one that keeps its order, and one that waits for ever under some orders.
func module(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("testdata/module")))
	return dir
}

func TestFailures(t *testing.T) {
	needFaketime(t)
	dir := module(t)
	code, stdout, stderr := call(t, dir, "-seeds", "200")
	assert.Equal(t, 1, code)
	assert.Empty(t, stderr)
	assert.Contains(t, stdout, "examples/race/example_test.go:11: under the order of seed ")
	assert.Contains(t, stdout, "-first\n second\n+first\n")
	assert.Contains(t, stdout, "race.Example_stuck fails: fatal error: all goroutines are asleep - deadlock!")
	lines := strings.Split(strings.TrimSpace(stdout), "\n")
	assert.Equal(t, "2 of 4 Examples keep their output under 200 orders; 1 not run: "+
		"race.Example_process (while it waits for another process, none of its goroutines runs)", lines[len(lines)-1])

	_, again, found := strings.Cut(stdout, "\tgo run ./tools/orders ")
	require.True(t, found)
	command, _, _ := strings.Cut(again, "\n")
	assert.True(t, strings.HasSuffix(command, " race.Example"))
	code, stdout, _ = call(t, dir, strings.Fields(command)...)
	assert.Equal(t, 1, code)
	assert.True(t, strings.HasPrefix(stdout, "second\nfirst\n"), stdout)
	assert.Contains(t, stdout, "-first\n second\n+first\n")

	code, stdout, stderr = call(t, dir, "-seed", "3", "race.Example_ordered")
	assert.Equal(t, 0, code)
	assert.Equal(t, "first\nsecond\n", stdout)
	assert.Empty(t, stderr)
}

func TestNotRun(t *testing.T) {
	dir := module(t)
	code, _, stderr := call(t, dir, "-seed", "3", "race.Example_process")
	assert.Equal(t, 1, code)
	assert.Equal(t, "orders: not run: race.Example_process (while it waits for another process, none of its goroutines runs)\n", stderr)

	code, _, stderr = call(t, dir, "race.Example_sorted")
	assert.Equal(t, 1, code)
	assert.Contains(t, stderr, "no Example race.Example_sorted; valid: race.Example_")
}

func TestUsage(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte("module m\n"), 0o666))
	for _, args := range []string{"-seeds 0", "-seed 1", "-seed 1 a.Example b.Example", "-seed 1 -seeds 2 a.Example", "-seed -1 a.Example", "-fast"} {
		code, _, stderr := call(t, dir, strings.Fields(args)...)
		assert.Equal(t, 2, code, args)
		assert.Contains(t, stderr, usage, args)
	}
	code, stdout, _ := call(t, dir, "-h")
	assert.Equal(t, 0, code)
	assert.Equal(t, usage, stdout)

	code, _, stderr := call(t, t.TempDir())
	assert.Equal(t, 2, code)
	assert.Contains(t, stderr, "orders: no go.mod here; run orders in the root of the repository\n")
}

func TestInterrupted(t *testing.T) {
	needFaketime(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	reason := errors.New("enough")
	cancel(reason)
	t.Chdir(module(t))
	var out, errs bytes.Buffer
	assert.Equal(t, 1, run(ctx, nil, &out, &errs))
	assert.Empty(t, out)
	assert.NotEmpty(t, errs)
}

// TestGuide compares the numbers that the page of proofs names.
func TestGuide(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join(root, "content", "guides", "proof.md"))
	require.NoError(t, err)
	assert.Contains(t, string(guide), fmt.Sprintf("under %d orders", schedule.Seeds))
	assert.Contains(t, string(guide), fmt.Sprintf("`make orders` tries %d of them", usualSeeds))
	assert.Contains(t, usage, fmt.Sprintf("%d by default", usualSeeds))
}
