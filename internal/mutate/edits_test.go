package mutate

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/edit"
)

func TestApply(t *testing.T) {
	const src = "abcdef"
	for _, test := range []struct {
		name  string
		edits []edit.Edit
		want  string
	}{
		{"none", nil, "abcdef"},
		{"in any order", []edit.Edit{{From: 4, To: 5, New: "E"}, {From: 0, To: 1, New: "A"}}, "AbcdEf"},
		{"two at one place stay in their order", []edit.Edit{{From: 2, To: 2, New: "x"}, {From: 2, To: 2, New: "y"}}, "abxycdef"},
		{"none inside of another", []edit.Edit{{From: 1, To: 4, New: "-"}, {From: 2, To: 3, New: "C"}}, "a-ef"},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, string(Apply([]byte(src), test.edits)))
		})
	}
}

func TestOneLine(t *testing.T) {
	assert.Equal(t, "a { b }", OneLine("a {\n\tb\n}"))
	long := make([]byte, 100)
	for i := range long {
		long[i] = 'x'
	}
	assert.Len(t, []rune(OneLine(string(long))), 80)
}
