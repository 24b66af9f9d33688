package runner

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/cover"
)

// A test that reaches the line comes before one that reaches the function, and a quick one before
// a slow one.
func TestDistance(t *testing.T) {
	blocks := func(lines ...int) (all []cover.ProfileBlock) {
		for _, line := range lines {
			all = append(all, cover.ProfileBlock{StartLine: line, EndLine: line})
		}
		return all
	}
	assert.Equal(t, 0, distance(blocks(3, 12), 10, 20, 12))
	assert.Equal(t, 1, distance(blocks(3, 11), 10, 20, 12))
	assert.Equal(t, 2, distance(blocks(3, 21), 10, 20, 12))
	assert.Equal(t, 2, distance(nil, 10, 20, 12))
}
