package lesson

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestMatchLines shows what the command match takes for the same, and
// that it can fail.
func TestMatchLines(t *testing.T) {
	got := []string{"a", "b", "c"}
	for _, want := range [][]string{
		{"a", "b", "c"}, {"a", "…"}, {"…", "c"}, {"a", "…", "c"},
		{"…", "b", "…"}, {"a", "b", "…", "c"}, {"…"},
	} {
		assert.True(t, matchLines(got, want), "%q", want)
	}
	for _, want := range [][]string{
		{}, {"a", "b"}, {"b", "c"}, {"a", "x", "c"}, {"…", "b"},
		{"b", "…"}, {"…", "x", "…"}, {"a", "b", "c", "d"},
	} {
		assert.False(t, matchLines(got, want), "%q", want)
	}
}

// TestUnexpected shows when a command ends its script.
func TestUnexpected(t *testing.T) {
	failed := errors.New("exit status 1")
	assert.Empty(t, unexpected(false, nil))
	assert.Empty(t, unexpected(true, failed))
	assert.Equal(t, "exit status 1", unexpected(false, failed))
	assert.Equal(t, "no failure, want one", unexpected(true, nil))
}

// TestScrub shows what match levels, and that it leaves the rest: the
// lines of the program itself are the point of a report.
func TestScrub(t *testing.T) {
	for text, want := range map[string]string{
		"0x4a?":                        "0x…",
		"goroutine 18 [running]":       "goroutine N [running]",
		"Goroutine 7 (running)":        "Goroutine N (running)",
		"ok  lesson/held  0.013s":      "ok  lesson/held  0.00s",
		"\tlesson/held/a.go:7 +0x1":    "\theld/a.go:7 +0x…",
		"vet: /tmp/x/held/a.go:7:2: b": "vet: held/a.go:7:2: b",
		"/script/held/a.go:7:2: b":     "held/a.go:7:2: b",
		"/goroot/src/sync/pool.go":     "sync/pool.go",
		"\tsync/pool.go:118 +0x9":      "\tsync/pool.go:… +0x…",
		"    testing.go:1617: race":    "    testing.go:…: race",
	} {
		assert.Equal(t, want, scrub(text, "/script", "/goroot"))
	}
	const own = "held/a.go:7: goroutines: 12 after 100 ms"
	assert.Equal(t, own, scrub(own, "/script", "/goroot"))
}
