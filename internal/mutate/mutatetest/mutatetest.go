// Package mutatetest makes what the tests of several packages below mutate need.
package mutatetest

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Module makes a module of its own of the files, by their names, with what this one requires. The
// test must run three folders below the top, as those of the packages in mutate do.
func Module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	sums, err := os.ReadFile("../../../go.sum")
	require.NoError(t, err)
	files["go.sum"] = string(sums)
	files["go.mod"] = "module m\n\ngo 1.26\n\nrequire golang.org/x/sync v0.24.0\n"
	for name, text := range files {
		path := filepath.Join(dir, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	t.Setenv("GOFLAGS", "-mod=mod")
	return dir
}
