package virtualtime

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/awaitless/awaitless/internal/timeline"
)

// findPython skips the test where there is none, but not in CI.
func findPython(t *testing.T) Python {
	t.Helper()
	python, err := FindPython(context.Background())
	if err != nil && os.Getenv("REQUIRE_TOOLS") == "" {
		t.Skip("skipped: ", err)
	}
	require.NoError(t, err)
	return python
}

// original writes a program to a file; places are words of its lines themselves.
func original(t *testing.T, program string) PythonSource {
	t.Helper()
	file := filepath.Join(t.TempDir(), "main.py")
	require.NoError(t, os.WriteFile(file, []byte(program), 0o666))
	lines := strings.Split(program, "\n")
	return PythonSource{
		Recorder: "../asyncio/timeline.py",
		File:     file,
		Locate:   func(line int) string { return strings.TrimSpace(lines[line-1]) },
	}
}

// TestRecordPython compares the timelines of the programs in testdata with the ones there.
func TestRecordPython(t *testing.T) {
	python := findPython(t)
	const path = "testdata/python/words.txtar"
	archive, err := txtar.ParseFile(path)
	require.NoError(t, err)
	for i := 0; i < len(archive.Files); i += 2 {
		program, want := archive.Files[i], &archive.Files[i+1]
		t.Run(program.Name, func(t *testing.T) {
			got, err := python.Record(context.Background(), original(t, string(program.Data)))
			require.NoError(t, err)
			if os.Getenv("UPDATE_SCRIPTS") == "1" {
				want.Data = got.CSV()
			}
			assert.Equal(t, string(want.Data), string(got.CSV()))
			parsed, err := timeline.Parse(got.CSV())
			require.NoError(t, err)
			assert.Equal(t, string(got.CSV()), string(parsed.CSV()))
		})
	}
	if os.Getenv("UPDATE_SCRIPTS") == "1" {
		require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o666))
	}
}

// TestRecordPythonIsDeterministic plays a program again and again while the processors are busy.
// Its sets hold tasks, whose order would be that of their addresses. Each start of Python takes
// half a second; -count=20 makes 200 rounds.
func TestRecordPythonIsDeterministic(t *testing.T) {
	python := findPython(t)
	var done atomic.Bool
	defer done.Store(true)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for !done.Load() {
			}
		}()
	}
	src := original(t, `import asyncio

async def work(n):
    try:
        await asyncio.sleep(n)
    except asyncio.CancelledError:
        await lock.acquire()
        await asyncio.sleep(0.1)
        lock.release()

async def main():
    tasks = {asyncio.create_task(work(1)) for _ in range(100)}
    await asyncio.sleep(0.1)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)

lock = asyncio.Lock()
asyncio.run(main())
`)
	first := ""
	for range 10 {
		got, err := python.Record(context.Background(), src)
		require.NoError(t, err)
		if first == "" {
			first = string(got.CSV())
			for i, lane := range got.Lanes[1:] { // they pass the lock on in order of creation
				require.Equal(t, 200+100*i, lane.Events[len(lane.Events)-1].From)
			}
		}
		require.Equal(t, first, string(got.CSV()))
	}
}

func TestRecordPythonRefuses(t *testing.T) {
	python := findPython(t)
	for program, want := range map[string]string{
		"import asyncio\nasyncio.run(asyncio.to_thread(print))":                   "waits for threads has no timeline",
		"raise ValueError('boom')":                                                "ValueError: boom",
		"import asyncio\nasync def f(): pass\nasyncio.run(f()); asyncio.run(f())": "a second loop has no timeline",
	} {
		_, err := python.Record(context.Background(), original(t, program))
		assert.ErrorContains(t, err, want)
	}
}
