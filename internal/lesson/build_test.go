package lesson

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A script that names no Example is told so, and holds up no other one.
func TestAbsentProgram(t *testing.T) {
	module := t.TempDir()
	for _, name := range []string{"locks.ExampleLock", "workers.ExampleMap"} {
		require.NoError(t, os.Mkdir(filepath.Join(module, name), 0o777))
	}
	require.NoError(t, os.WriteFile(filepath.Join(module, "go.mod"), nil, 0o666))
	there, absent := present(module, []string{"pools.ExampleMap", "locks.ExampleLock"})
	assert.Equal(t, []string{"locks.ExampleLock"}, there)
	require.Len(t, absent, 1)
	assert.EqualError(t, absent["pools.ExampleMap"], "no Example pools.ExampleMap; valid: workers.ExampleMap")
}
