package pitfalls

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

// A loop that panics closes the file, too.
func TestRowsClosesAfterAPanic(t *testing.T) {
	printed := rules.Printed(t, func() {
		assert.PanicsWithValue(t, "boom", func() {
			for range Rows("a", "b") {
				panic("boom")
			}
		})
	})
	assert.Equal(t, "closed\n", printed)
}
