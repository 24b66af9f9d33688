package check

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/edit"
)

// What stays has its place in the source; what an edit put there has none.
func TestOriginal(t *testing.T) {
	edits := []edit.Edit{{From: 1, To: 3, New: "XYZ!"}, {From: 4, To: 5, New: ""}} // a XYZ! d f
	for offset, want := range []int{0, -1, -1, -1, -1, 3, 5} {
		assert.Equal(t, want, original(edits, offset), "offset %d", offset)
	}
}
