package check

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
	"github.com/awaitless/awaitless/internal/mutate/mutatetest"
)

// Each file of testdata is a kind of fault: a package, and the mutants that it makes.
// UPDATE_SCRIPTS=1 writes them.
func TestKinds(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	archives := map[string]*txtar.Archive{}
	files := map[string]string{}
	for _, path := range paths {
		kind := strings.TrimSuffix(filepath.Base(path), ".txtar")
		archives[kind], err = txtar.ParseFile(path)
		require.NoError(t, err)
		files[kind+"/in.go"] = string(archives[kind].Files[0].Data)
		files[kind+"/in_test.go"] = "package in\n"
	}
	pkgs, err := mutate.Load(mutatetest.Module(t, files), "./...")
	require.NoError(t, err)
	require.Len(t, pkgs, len(paths))
	for _, p := range pkgs {
		kind := filepath.Base(p.Dir)
		t.Run(kind, func(t *testing.T) {
			var got strings.Builder
			for _, m := range Mutants(p) {
				if m.Kind == kind {
					fmt.Fprintf(&got, "%d: %s | %s\n", m.Line, m.ID(), m.What)
					if m.Vet != "" {
						fmt.Fprintf(&got, "\tvet: %s\n", m.Vet)
					}
				}
			}
			a := archives[kind]
			if os.Getenv("UPDATE_SCRIPTS") == "1" {
				a.Files = append(a.Files[:1], txtar.File{Name: "want", Data: []byte(got.String())})
				require.NoError(t, os.WriteFile("testdata/"+kind+".txtar", txtar.Format(a), 0o644))
				return
			}
			require.Len(t, a.Files, 2)
			assert.Equal(t, string(a.Files[1].Data), got.String())
		})
	}
}
