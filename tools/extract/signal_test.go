//go:build unix

package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rewrite/rewritetest"
)

// TestSignals ends the real command in the middle of its work, at many moments. A page is as it
// was or as it should be, never something between. Only kill -9 may leave temporary files, and
// the next run removes them.
func TestSignals(t *testing.T) {
	extract, err := exec.LookPath("extract") // from TestMain
	require.NoError(t, err)
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP, syscall.SIGINT, syscall.SIGKILL} {
		t.Run(signal.String(), func(t *testing.T) {
			t.Parallel()
			for round := range 25 {
				dir, pages := newSite(t, 200)
				run := exec.Command(extract, "-w")
				run.Dir = dir
				require.NoError(t, run.Start())
				time.Sleep(time.Duration(round) * time.Millisecond) // any moment will do
				_ = run.Process.Signal(signal)                      // it may have ended
				_ = run.Wait()
				for i, name := range pages {
					if text := rewritetest.Content(t, name); text != oldPage(i) {
						require.Equal(t, newPage(i), text)
					}
				}
				if signal != syscall.SIGKILL {
					rewritetest.NoTemporaryFiles(t, dir)
					continue
				}
				require.NoError(t, syncPages(dir, true, io.Discard, os.Stderr))
				rewritetest.NoTemporaryFiles(t, dir)
				for i, name := range pages {
					require.Equal(t, newPage(i), rewritetest.Content(t, name))
				}
			}
		})
	}
}

// TestSweep leaves the temporary files of others alone, and removes those of a run that is dead.
func TestSweep(t *testing.T) {
	dir, pages := newSite(t, 1)
	old := filepath.Join(dir, "content", ".page.0123456789abcdef.tmp")
	older := filepath.Join(dir, "content", "s0", ".p1.md.0123456789abcdef.tmp")
	theirs := filepath.Join(dir, "content", "s0", ".p1.md.tmp")
	for _, name := range []string{old, older, theirs} {
		require.NoError(t, os.WriteFile(name, nil, 0o644))
	}
	assert.ErrorIs(t, syncPages(dir, false, io.Discard, io.Discard), errFindings)
	assert.FileExists(t, old)
	assert.FileExists(t, older)
	require.NoError(t, syncPages(dir, true, io.Discard, io.Discard))
	assert.NoFileExists(t, old)
	assert.NoFileExists(t, older)
	assert.FileExists(t, theirs)
	assert.Equal(t, newPage(0), rewritetest.Content(t, pages[0]))
}

// TestRunsTakeTurns runs several at once.
func TestRunsTakeTurns(t *testing.T) {
	extract, err := exec.LookPath("extract")
	require.NoError(t, err)
	dir, pages := newSite(t, 200)
	var runs []*exec.Cmd
	for range 4 {
		run := exec.Command(extract, "-w")
		run.Dir = dir
		require.NoError(t, run.Start())
		runs = append(runs, run)
	}
	for _, run := range runs {
		assert.NoError(t, run.Wait())
	}
	for i, name := range pages {
		require.Equal(t, newPage(i), rewritetest.Content(t, name))
	}
	rewritetest.NoTemporaryFiles(t, dir)
}
