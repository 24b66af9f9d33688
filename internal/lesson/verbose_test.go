package lesson

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestSteps shows what -v prints of a log.
func TestSteps(t *testing.T) {
	assert.Equal(t, "Wait for all: (the order).\nThe first.\n", steps(
		"# Wait for all: (the order). (0.012s)\n# The first.\nPASS\n"))
	const skipped = "the Python half is skipped: python3 not found"
	assert.Equal(t, skipped, steps(skipped))
}
