//go:build unix

package main

import (
	"debug/buildinfo"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNoCommit builds extract as make does, and wants no commit in it, even where the machine asks
// for one. Recordings are keyed by the executable, so each commit would record all again.
func TestNoCommit(t *testing.T) {
	if _, err := exec.LookPath("make"); err != nil {
		t.Skip("skipped: no make")
	}
	const root = "../.."
	_, err := os.Stat(root + "/Makefile") // or go test would not know that a child reads it
	require.NoError(t, err)
	steps, err := exec.Command("make", "-C", root, "--no-print-directory", "-n", "-B", ".bin/extract").Output()
	require.NoError(t, err)
	recipe, _, _ := strings.Cut(string(steps), "\n")
	bin := filepath.Join(t.TempDir(), "extract")
	require.Contains(t, recipe, " -o .bin/extract ")
	words := strings.Fields(strings.Replace(recipe, ".bin/extract", bin, 1))
	build := exec.Command(words[0], words[1:]...)
	build.Dir = root
	build.Env = append(os.Environ(), "GOFLAGS=-buildvcs=true")
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
	info, err := buildinfo.ReadFile(bin)
	require.NoError(t, err)
	assert.Equal(t, "(devel)", info.Main.Version)
	for _, s := range info.Settings {
		assert.False(t, strings.HasPrefix(s.Key, "vcs"), "%s=%s", s.Key, s.Value)
	}
}
