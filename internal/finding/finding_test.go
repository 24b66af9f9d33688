package finding

import (
	"errors"
	"io/fs"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestFinding(t *testing.T) {
	assert.Equal(t, "a.md:3: no title; give it one", Finding{At("a.md", 3), "no title; give it one"}.Error())
	assert.Equal(t, "a.md: no title", Finding{At("a.md", 0), "no title"}.Error())
	assert.Equal(t, "line 3: no title", Finding{At("", 3), "no title"}.Error())
}

func TestReason(t *testing.T) {
	assert.Equal(t, "file does not exist", Reason(&fs.PathError{Op: "open", Path: "x", Err: fs.ErrNotExist}))
	assert.Equal(t, "leaves the repository; it must be inside", Reason(errors.New("path escapes from parent")))
	assert.Equal(t, "odd", Reason(errors.New("odd")))
}

func TestValid(t *testing.T) {
	names := []string{"gather", "tasks", "queues", "locks", "pools", "timeouts"}
	for name, want := range map[string]string{
		"gathr":   "valid: gather",
		"GATHER":  "valid: gather",
		"pool":    "valid: pools",
		"nothing": "valid: gather, tasks, queues, locks, pools, timeouts",
	} {
		assert.Equal(t, want, Valid(name, names), name)
	}
	assert.Equal(t, "valid: a, b", Valid("zzzzzz", []string{"a", "b"}))
	assert.Equal(t, "no name is near it", Valid("zzzzzz", slices.Repeat([]string{"a"}, mostListed+1)))
	assert.Equal(t, "none exist", Valid("x", nil))
	assert.Equal(t, []string{"aa", "ab", "ac"}, Near("aa", []string{"ad", "ac", "ab", "aa", "aa"}), "the nearest three, once")
}
