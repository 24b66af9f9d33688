package practices

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// plain writes lines without a time, so that each run writes the same.
func plain(w io.Writer) slog.Handler {
	return slog.NewTextHandler(w, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	})
}

// Two requests at the same time, and each goroutine has its own id.
func TestRequestsDoNotMix(t *testing.T) {
	var requests sync.WaitGroup
	for _, id := range []string{"7", "8"} {
		ctx := WithRequest(t.Context(), id)
		for range 100 {
			requests.Go(func() { assert.Equal(t, id, Request(ctx)) })
		}
	}
	requests.Wait()
	assert.Empty(t, Request(t.Context()))
}

// An id that is set further down hides the other, and only there.
func TestTheNearestIDCounts(t *testing.T) {
	ctx := WithRequest(t.Context(), "7")
	assert.Equal(t, "8", Request(WithRequest(ctx, "8")))
	assert.Equal(t, "7", Request(ctx))
}

// A logger made with With or WithGroup still reads the id.
func TestDerivedLoggersKeepTheID(t *testing.T) {
	var text bytes.Buffer
	log := slog.New(RequestLog{plain(&text)})
	ctx := WithRequest(t.Context(), "7")
	log.With("user", "ann").InfoContext(ctx, "a")
	log.WithGroup("db").InfoContext(ctx, "b")
	log.Info("c")
	assert.Equal(t, "level=INFO msg=a user=ann request=7\n"+
		"level=INFO msg=b db.request=7\n"+
		"level=INFO msg=c\n", text.String())
}

// The record of the caller stays as it was. Copies share what does not
// fit their first five places; slog marks a change there as a bug.
func TestHandleLeavesTheRecord(t *testing.T) {
	var record slog.Record
	for i := range 8 {
		record.AddAttrs(slog.Int("n", i))
	}
	var text bytes.Buffer
	log := RequestLog{plain(&text)}
	for _, id := range []string{"7", "8"} {
		ctx := WithRequest(t.Context(), id)
		require.NoError(t, log.Handle(ctx, record))
	}
	assert.Contains(t, text.String(), "n=7 request=8\n")
	assert.NotContains(t, text.String(), "BUG")
}

// The handler inside gets the same context: here it is a RequestLog,
// too, and adds the id once more.
func TestHandleHandsTheContextOn(t *testing.T) {
	var text bytes.Buffer
	log := slog.New(RequestLog{RequestLog{plain(&text)}})
	log.InfoContext(WithRequest(t.Context(), "7"), "a")
	assert.Equal(t, "level=INFO msg=a request=7 request=7\n",
		text.String())
}

// The new context ends with the old one.
func TestWithRequestEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.Equal(t, context.Canceled, WithRequest(ctx, "7").Err())
}

// Lines are written after the end of their context, too.
func TestTheLogOutlivesTheContext(t *testing.T) {
	var text bytes.Buffer
	ctx, cancel := context.WithCancel(WithRequest(t.Context(), "7"))
	cancel()
	slog.New(RequestLog{plain(&text)}).InfoContext(ctx, "gone")
	assert.Equal(t, "level=INFO msg=gone request=7\n", text.String())
}
