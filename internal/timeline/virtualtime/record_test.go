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
	"github.com/awaitless/awaitless/internal/timeline/instrument"
)

// module makes a folder in which programs can be built that import what the project's own do.
func module(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range []string{"go.mod", "go.sum"} {
		text, err := os.ReadFile(filepath.Join("..", "..", "..", name))
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), text, 0o666))
	}
	return dir
}

// source is the program of an archive; places are words of main.go's lines themselves.
func source(name string, program []byte) Source {
	lines := strings.Split(string(program), "\n")
	return Source{
		Name:   name,
		Files:  map[string][]byte{"main.go": program},
		Locate: func(_ string, line int) string { return strings.TrimSpace(lines[line-1]) },
	}
}

// TestRecord compares the timelines of the programs in testdata with the ones there.
func TestRecord(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, archives)
	scratch := module(t)
	for _, path := range archives {
		name := strings.TrimSuffix(filepath.Base(path), ".txtar")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(path)
			require.NoError(t, err)
			got, err := Record(context.Background(), scratch, source(name, archive.Files[0].Data))
			require.NoError(t, err)
			assert.NoFileExists(t, filepath.Join(scratch, name, "trace"))
			if os.Getenv("UPDATE_SCRIPTS") == "1" {
				archive.Files[1].Data = got.CSV()
				require.NoError(t, os.WriteFile(path, txtar.Format(archive), 0o666))
			}
			assert.Equal(t, string(archive.Files[1].Data), string(got.CSV()))

			parsed, err := timeline.Parse(got.CSV())
			require.NoError(t, err)
			assert.Equal(t, string(got.CSV()), string(parsed.CSV()))
		})
	}
}

// TestRecordIsDeterministic plays a program 200 times while both processors are busy.
func TestRecordIsDeterministic(t *testing.T) {
	var done atomic.Bool
	defer done.Store(true)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for !done.Load() {
			}
		}()
	}
	archive, err := txtar.ParseFile("testdata/channels.txtar")
	require.NoError(t, err)
	scratch := module(t)
	src := source("again", archive.Files[0].Data)
	files, err := instrument.Program(src.Files)
	require.NoError(t, err)
	binary, err := src.build(context.Background(), scratch, files)
	require.NoError(t, err)
	for range 200 {
		got, err := src.run(context.Background(), binary, filepath.Join(scratch, "trace"))
		require.NoError(t, err)
		require.Equal(t, string(archive.Files[1].Data), string(got.CSV()))
	}
}

func TestRecordRefuses(t *testing.T) {
	scratch := module(t)
	for name, test := range map[string]struct{ program, want string }{
		"library": {"package lib", "only a package main can run"},
		"nomain":  {"package main", "it has no function main; a program has one"},
		"broken":  {"package main\nfunc main() {", "expected '}'"},
		"build":   {"package main\nfunc main() { x := 1 }", "declared and not used"},
		"fails":   {"package main\nimport \"os\"\nfunc main() { os.Exit(3) }", "exit status 3; a program has a timeline if"},
		"exit":    {"package main\nimport \"os\"\nfunc main() { os.Exit(0) }", "calls os.Exit"},
		"panic":   {"package main\nfunc main() { panic(\"boom\") }", "panic: boom"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			src := Source{Name: name, Files: map[string][]byte{"main.go": []byte(test.program)}}
			_, err := Record(context.Background(), scratch, src)
			assert.ErrorContains(t, err, test.want)
			assert.NoFileExists(t, filepath.Join(scratch, name, "trace"), "a trace may be large")
		})
	}
}
