package when

import (
	"bytes"
	"io"
	"os"
	"runtime"
	"runtime/trace"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	exptrace "golang.org/x/exp/trace"
)

// A hundred Stat calls block at a time, for a thousand names. One
// processor begins as many as it may, before it lets any of them run.
func TestSizesLimitsItself(t *testing.T) {
	if trace.IsEnabled() {
		t.Skip("the test itself is being traced")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var recorded bytes.Buffer
	require.NoError(t, trace.Start(&recorded))
	_, err := Sizes(slices.Repeat([]string{"."}, 1000))
	trace.Stop()
	require.NoError(t, err)
	peak := peakOf(t, &recorded, "/when.Sizes")
	assert.GreaterOrEqual(t, peak, 100)
	// A size that is interrupted at its very end has made room already.
	assert.Less(t, peak, 110)
}

// A file that is missing keeps nobody from asking for the others, be
// they ever so many.
func TestSizesAsksForAll(t *testing.T) {
	names := slices.Repeat([]string{"when.go"}, 500)
	names[0] = "missing"
	sizes, err := Sizes(names)
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.Zero(t, sizes[0])
	assert.NotContains(t, sizes[1:], int64(0))
}

// peakOf returns how many goroutines that the function began were
// there at the same time.
func peakOf(t *testing.T, recorded io.Reader, function string) int {
	t.Helper()
	reader, err := exptrace.NewReader(recorded)
	require.NoError(t, err)
	there, peak := map[exptrace.GoID]bool{}, 0
	for {
		event, err := reader.ReadEvent()
		if err == io.EOF {
			return peak
		}
		require.NoError(t, err)
		if event.Kind() != exptrace.EventStateTransition {
			continue
		}
		change := event.StateTransition()
		if change.Resource.Kind != exptrace.ResourceGoroutine {
			continue
		}
		id := change.Resource.Goroutine()
		switch from, to := change.Goroutine(); {
		case to == exptrace.GoNotExist:
			delete(there, id)
		case from == exptrace.GoNotExist && calls(event, function):
			there[id] = true
			peak = max(peak, len(there))
		}
	}
}

// calls reports whether the function is on the stack of an event.
func calls(event exptrace.Event, function string) bool {
	for frame := range event.Stack().Frames() {
		if strings.HasSuffix(frame.Func, function) {
			return true
		}
	}
	return false
}
