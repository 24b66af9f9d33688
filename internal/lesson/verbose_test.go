package lesson

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSteps shows what -v prints of a log.
func TestSteps(t *testing.T) {
	assert.Equal(t, "Wait for all: (the order).\nThe first.\n", steps(
		"# Wait for all: (the order). (0.012s)\n# The first.\nPASS\n"))
	const skipped = "the Python half is skipped: python3 not found"
	assert.Equal(t, skipped, steps(skipped))
}

// TestAdvice shows what stands below the log of a script that failed,
// where testscript says only that it did.
func TestAdvice(t *testing.T) {
	suite := New(t.TempDir())
	require.NoError(t, os.MkdirAll(suite.scripts(), 0o777))
	require.NoError(t, os.WriteFile(
		filepath.Join(suite.scripts(), "x.txtar"),
		[]byte("python x.py\n-- asyncio-x --\nold\n"), 0o666))
	const update = "UPDATE_SCRIPTS=1 go test ./examples -run 'TestLessons/x$'"
	for fail, want := range map[string]string{
		"stdout and asyncio-x differ": "if what it prints is right, " +
			"run " + update + ", and then make sync\n",
		"stdout and go.txt differ": "go.txt is what an earlier line " +
			"printed: change the Example or the asyncio original, " +
			"so that both print the same\n",
		"open $WORK/asyncio-y: no such file or directory": "add the " +
			"line `-- asyncio-y --` to the end of " +
			"testdata/scripts/x.txtar, and let " + update + " fill it\n",
		"x.py: exit status 1": "",
	} {
		assert.Equal(t, want, suite.advice("x",
			"# a step (0.1s)\nFAIL: ../scripts/x.txtar:1: "+fail+"\n"))
	}
	assert.Empty(t, suite.advice("x", "# a step (0.1s)\nPASS\n"))
}
