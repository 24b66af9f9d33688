package mutate

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/tools/cover"
)

func TestApply(t *testing.T) {
	const src = "abcdef"
	for _, test := range []struct {
		name  string
		edits []Edit
		want  string
	}{
		{"none", nil, "abcdef"},
		{"in any order", []Edit{{4, 5, "E"}, {0, 1, "A"}}, "AbcdEf"},
		{"two at one place stay in their order", []Edit{{2, 2, "x"}, {2, 2, "y"}}, "abxycdef"},
		{"none inside of another", []Edit{{1, 4, "-"}, {2, 3, "C"}}, "a-ef"},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, string(apply([]byte(src), test.edits)))
		})
	}
}

// What stays has its place in the source; what an edit put there has none.
func TestOriginal(t *testing.T) {
	edits := []Edit{{1, 3, "XYZ!"}, {4, 5, ""}} // a XYZ! d f
	for offset, want := range []int{0, -1, -1, -1, -1, 3, 5} {
		assert.Equal(t, want, original(edits, offset), "offset %d", offset)
	}
}

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

func TestOneLine(t *testing.T) {
	assert.Equal(t, "a { b }", oneLine("a {\n\tb\n}"))
	long := make([]byte, 100)
	for i := range long {
		long[i] = 'x'
	}
	assert.Len(t, []rune(oneLine(string(long))), 80)
}
