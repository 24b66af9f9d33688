package pools

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// The program that the page shows keeps its promises about the end of a
// context: testdata/isolated has the tests, the script the program.
func TestIsolated(t *testing.T) {
	script, err := txtar.ParseFile("../../testdata/scripts/pools.txtar")
	require.NoError(t, err)
	dir := t.TempDir()
	write := func(name string, data []byte) {
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, data, 0o600))
	}
	for _, file := range script.Files {
		if file.Name == "isolated/main.go" {
			write("main.go", file.Data)
		}
	}
	tests, err := os.ReadFile("testdata/isolated/main_test.go")
	require.NoError(t, err)
	write("main_test.go", tests)
	write("go.mod", []byte("module isolated\n\ngo 1.26\n"))

	run := exec.Command("go", "test", ".")
	run.Dir = dir
	out, err := run.CombinedOutput()
	assert.NoError(t, err, string(out))
}
