package runner

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	"github.com/awaitless/awaitless/internal/mutate"
	"github.com/awaitless/awaitless/internal/mutate/check"
	"github.com/awaitless/awaitless/internal/mutate/mutatetest"
)

// Each file of testdata is a package with its test, and what becomes of its mutants.
// UPDATE_SCRIPTS=1 writes it.
func TestRun(t *testing.T) {
	was := atLeast
	atLeast = was / 2 // one of the packages hangs
	defer func() { atLeast = was }()
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			require.NoError(t, err)
			dir := mutatetest.Module(t, map[string]string{
				"in/in.go":      string(a.Files[0].Data),
				"in/in_test.go": string(a.Files[1].Data),
			})
			got := verdicts(t, dir)
			if os.Getenv("UPDATE_SCRIPTS") == "1" {
				a.Files = append(a.Files[:2], txtar.File{Name: "want", Data: []byte(got)})
				require.NoError(t, os.WriteFile(path, txtar.Format(a), 0o644))
				return
			}
			require.Len(t, a.Files, 3)
			assert.Equal(t, string(a.Files[2].Data), got)
		})
	}
}

func verdicts(t *testing.T, dir string) string {
	t.Helper()
	pkgs, err := mutate.Load(dir, "./...")
	require.NoError(t, err)
	var got strings.Builder
	for _, p := range pkgs {
		results, err := Run(t.Context(), p, check.Mutants(p), nil, Options{Parallel: 4})
		require.NoError(t, err)
		for _, r := range results {
			switch {
			case r.By == "vet":
				fmt.Fprintf(&got, "%s | %s: vet\n", r.ID(), r.What)
			case r.Killed(): // which test is first depends on how long each takes
				fmt.Fprintf(&got, "%s | %s: killed\n", r.ID(), r.What)
			case r.Coin != "":
				fmt.Fprintf(&got, "%s | %s: %s is a coin flip\n", r.ID(), r.What, r.Coin)
			default:
				fmt.Fprintf(&got, "%s | %s: survives\n", r.ID(), r.What)
			}
		}
	}
	return got.String()
}
