package schedule

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

// scratch is inside this module, whose packages the programs import.
const scratch = "../../.bin/schedule"

// builtFrom builds the programs of testdata.
func builtFrom(t *testing.T, names ...string) []Binary {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip(ErrUnsupported)
	}
	var programs []Program
	for _, name := range names {
		source, err := os.ReadFile(filepath.Join("testdata", name+".go"))
		require.NoError(t, err)
		programs = append(programs, Program{Name: name, Source: source})
	}
	binaries, err := Build(t.Context(), scratch, programs)
	require.NoError(t, err)
	return binaries
}

// outputs runs a program under the seeds from 0 on, and counts what it prints.
func outputs(t *testing.T, b Binary, seeds int) map[string]int {
	t.Helper()
	seen := map[string]int{}
	for seed := range uint64(seeds) {
		output, err := b.Run(t.Context(), seed)
		require.NoError(t, err)
		seen[strings.Join(strings.Fields(output), " ")]++
	}
	return seen
}

// everyOutput lists programs of testdata and all that each may print.
var everyOutput = map[string][]string{
	"goroutines": permutations("0", "1", "2", "3"),
	"choices":    product(permutations("a", "b", "c"), []string{"left", "right"}, permutations("x", "y")),
	"timers":     permutations("channel", "context", "function", "sleep"),
	"instant":    {"timer", "value"},
	"polled":     {"early", "late"},
	"stopped":    {"awake false", "awake true"},
	"select":     {"a", "b", "c"},
	"maps":       permutations("a", "b", "c", "d"),
	"wakers":     permutations("main", "woken"),
	"waiters":    permutations("a", "b", "c"),
	"locks":      permutations("a", "b", "c"),
	"length":     {"0", "1"},
	"atomics":    {"1", "2", "3"},
	"group":      {"a", "b"},
	"many":       {"0", "1", "2"},
	"spins":      {"done"},
}

// TestEveryOrder finds all outputs that each program may have, and no other.
func TestEveryOrder(t *testing.T) {
	names := slices.Sorted(maps.Keys(everyOutput))
	for i, b := range builtFrom(t, names...) {
		t.Run(names[i], func(t *testing.T) {
			t.Parallel()
			seen := outputs(t, b, 500)
			want := slices.Sorted(slices.Values(everyOutput[names[i]]))
			assert.Equal(t, want, slices.Sorted(maps.Keys(seen)))
			t.Log(seen)
		})
	}
}

func permutations(words ...string) (all []string) {
	if len(words) == 0 {
		return []string{""}
	}
	for i, word := range words {
		for _, rest := range permutations(slices.Concat(words[:i], words[i+1:])...) {
			all = append(all, strings.TrimSpace(word+" "+rest))
		}
	}
	return all
}

// product combines one of each list.
func product(lists ...[]string) []string {
	all := []string{""}
	for _, list := range lists {
		var longer []string
		for _, before := range all {
			for _, word := range list {
				longer = append(longer, strings.TrimSpace(before+" "+word))
			}
		}
		all = longer
	}
	return all
}

// TestRepeatable runs programs several times under each seed, beside others.
func TestRepeatable(t *testing.T) {
	for _, b := range builtFrom(t, "collects", "draws") {
		t.Run(b.Name, func(t *testing.T) {
			var g errgroup.Group
			g.SetLimit(4)
			outputs := make([]string, 200)
			for seed := range outputs {
				g.Go(func() (err error) {
					outputs[seed], err = b.Run(t.Context(), uint64(seed))
					for range 3 {
						again, e := b.Run(t.Context(), uint64(seed))
						assert.Equal(t, outputs[seed], again, "seed %d", seed)
						err = errors.Join(err, e)
					}
					return err
				})
			}
			require.NoError(t, g.Wait())
			slices.Sort(outputs)
			assert.Len(t, slices.Compact(outputs), 200, "seeds with the same order")
		})
	}
}

func TestHang(t *testing.T) {
	b := builtFrom(t, "hang")[0]
	ctx, cancel := context.WithTimeoutCause(t.Context(), 200*time.Millisecond, errHang)
	defer cancel()
	_, err := b.Run(ctx, 0)
	assert.ErrorIs(t, err, errHang)
}

func TestDeadlock(t *testing.T) {
	b := builtFrom(t, "deadlock")[0]
	output, err := b.Run(t.Context(), 0)
	assert.ErrorContains(t, err, "all goroutines are asleep - deadlock!")
	assert.Equal(t, "before\n", output)
}

// TestCheck finds the first seed of each program that fails, in order.
func TestCheck(t *testing.T) {
	b := builtFrom(t, "wakers", "deadlock", "select", "spins")
	b[0].Output, b[0].Unordered = "woken\nmain\n", true
	b[2].Output = "a"
	b[3].Output = "done\n\n"
	failures, err := Check(t.Context(), b, 50)
	require.NoError(t, err)
	require.Len(t, failures, 2)
	assert.Equal(t, "deadlock", failures[0].Program.Name)
	assert.Zero(t, failures[0].Seed)
	assert.Equal(t, "select", failures[1].Program.Name)
	assert.NoError(t, failures[1].Err)
	again, err := b[2].Run(t.Context(), failures[1].Seed)
	require.NoError(t, err)
	assert.Equal(t, again, failures[1].Output)
	for seed := range failures[1].Seed {
		output, err := b[2].Run(t.Context(), seed)
		require.NoError(t, err)
		assert.Equal(t, "a\n", output)
	}
}

func TestKeeps(t *testing.T) {
	p := Program{Output: "a\nb"}
	assert.True(t, p.Keeps("a\nb\n"))
	assert.False(t, p.Keeps("b\na\n"))
	p.Unordered = true
	assert.True(t, p.Keeps("b\na\n"))
	assert.False(t, p.Keeps("a\na\n"))
	assert.False(t, p.Keeps(""))
}

func TestExcluded(t *testing.T) {
	assert.Empty(t, Excluded([]byte("package main\n\nimport (\n\t\"os\"\n)\n")))
	for path, reason := range outside {
		source := fmt.Appendf(nil, "package main\n\nimport x %q\n", path)
		assert.Equal(t, reason, Excluded(source))
	}

	// It would hang in fact.
	b := builtFrom(t, "process")[0]
	ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, errHang)
	defer cancel()
	_, err := b.Run(ctx, 0)
	assert.ErrorIs(t, err, errHang)
}

func TestClaim(t *testing.T) {
	plain := []byte("package main\n")
	assert.Equal(t, "Its program prints this under each of 100 orders of goroutines, select, timers and maps.", Claim(plain, false))
	assert.Equal(t, "Its program prints these lines, in some order, under each of 100 orders of goroutines, select, timers and maps.", Claim(plain, true))
	assert.Equal(t, "Its program is not run under other orders: while it waits for another process, none of its goroutines runs.",
		Claim([]byte("package main\n\nimport \"os/exec\"\n"), false))
}
