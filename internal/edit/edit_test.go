package edit

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestApply(t *testing.T) {
	edits := []Edit{{4, 4, "x"}, {0, 1, "A"}, {4, 4, "y"}, {2, 3, ""}}
	assert.Equal(t, "Abdxy", string(Apply([]byte("abcd"), edits)))
	assert.Equal(t, 4, edits[0].From, "the caller's order stays")
	assert.Equal(t, "abcd", string(Apply([]byte("abcd"), nil)))
}
