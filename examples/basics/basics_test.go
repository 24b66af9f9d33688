package basics

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sync/errgroup"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var urls = []string{"example.com/1", "example.com/2", "example.com/3"}

// Three fetches of 100 ms: 300 ms in a row, 100 ms at once. The clock
// is virtual, so both figures are exact.
func TestFetchAllOverlaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		inTurn, err := FetchEach(t.Context(), urls, Fetch)
		require.NoError(t, err)
		assert.Equal(t, 300*time.Millisecond, time.Since(start))

		start = time.Now()
		atOnce, err := FetchAll(t.Context(), urls, Fetch)
		require.NoError(t, err)
		assert.Equal(t, 100*time.Millisecond, time.Since(start))

		assert.Equal(t, inTurn, atOnce, "same pages, same order")
	})
}

// The second fetch fails at once. The others need 100 ms, but FetchAll
// returns at the same instant: it has cancelled them and seen them end.
func TestFetchAllStopsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := errors.New("connection refused")
		stopped := make(chan error, len(urls))
		fetch := func(ctx context.Context, url string) (string, error) {
			if url == urls[1] {
				return "", refused
			}
			page, err := Fetch(ctx, url)
			stopped <- err
			return page, err
		}

		start := time.Now()
		pages, err := FetchAll(t.Context(), urls, fetch)
		assert.ErrorIs(t, err, refused)
		assert.Nil(t, pages)
		assert.Zero(t, time.Since(start))

		// errgroup passes the first error on as the cause.
		require.Len(t, stopped, 2)
		assert.ErrorIs(t, <-stopped, refused)
		assert.ErrorIs(t, <-stopped, refused)
	})
}

func TestFetchEachStopsAtTheFirstError(t *testing.T) {
	refused := errors.New("connection refused")
	calls := 0
	fetch := func(context.Context, string) (string, error) {
		calls++
		return "", refused
	}
	pages, err := FetchEach(t.Context(), urls, fetch)
	assert.ErrorIs(t, err, refused)
	assert.Nil(t, pages)
	assert.Equal(t, 1, calls)
}

// Err is always one of two values; the cause is the caller's own.
func TestFetchReturnsTheCause(t *testing.T) {
	shutdown := errors.New("server is shutting down")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(shutdown)

	_, err := Fetch(ctx, "example.com")
	assert.Equal(t, shutdown, err)
	assert.Equal(t, context.Canceled, ctx.Err())
	assert.NotErrorIs(t, err, context.Canceled)
}

// Even when nothing fails, the group's context ends with Wait.
func TestGroupContextEndsWithWait(t *testing.T) {
	g, ctx := errgroup.WithContext(t.Context())
	g.Go(func() error { return ctx.Err() })
	require.NoError(t, g.Wait())
	assert.ErrorIs(t, ctx.Err(), context.Canceled)
}
