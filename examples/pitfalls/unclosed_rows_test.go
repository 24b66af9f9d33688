package pitfalls

import (
	"slices"
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

// Head ends the sequence: TestMain would find its goroutine.
func TestHeadOfNone(t *testing.T) {
	_, ok := Head(slices.Values([]int(nil)))
	assert.False(t, ok)
}

// Head asks for one value only.
func TestHeadTakesOne(t *testing.T) {
	first, ok := Head(func(yield func(int) bool) {
		assert.False(t, yield(7), "a second one is wanted")
	})
	assert.True(t, ok)
	assert.Equal(t, 7, first)
}

func TestRowsToTheEnd(t *testing.T) {
	assert.Equal(t, []string{"a", "b"}, slices.Collect(Rows("a", "b")))
}
