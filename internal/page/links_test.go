package page

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSpans(t *testing.T) {
	for src, want := range map[string][]string{
		"[a](b.md) and ![c](d.svg \"title\")":                {"b.md", "d.svg"},
		"| a |\n|---|\n| [`x`](b.md#c) |\n":                  {"b.md#c"},
		"- one\n  [a](\n  b.md)\n\n> [c](<d e.md>)\n":        {"b.md", "d e.md"},
		"> [a](\n> b.md 'x')\n":                              {"b.md"},
		"[a](b_(c).md) [d](e\\).md)":                         {"b_(c).md", "e\\).md"},
		"`[a](b.md)`\n\n    [a](b.md)\n\n```\n[a](b)\n```\n": nil,
		"[![a](b.svg)](c.md)":                                {"b.svg", "c.md"},
		"[not closed](b.md":                                  nil,
		"[a]() <https://go.dev/>":                            {""},
		"# A [heading](b.md)\n\n**[bold](c.md)**.":           {"b.md", "c.md"},
	} {
		var got []string
		for _, s := range Spans([]byte(src)) {
			assert.False(t, s.Defined, src)
			got = append(got, src[s.Start:s.End])
		}
		assert.Equal(t, want, got, src)
	}
	assert.Equal(t, []Span{{"b.md", 2, 2, true}}, Spans([]byte("[a][x]\n\n[x]: b.md\n")))
}
