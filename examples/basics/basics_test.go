package basics

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
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
		var others sync.WaitGroup // until the others have begun
		others.Add(2)
		fetch := func(ctx context.Context, url string) (string, error) {
			if url == urls[1] {
				others.Wait()
				return "", refused
			}
			others.Done()
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

// The first page is there when the second fetch fails. It is not
// returned, and the third fetch does not begin.
func TestFetchEachStopsAtTheFirstError(t *testing.T) {
	refused := errors.New("connection refused")
	calls := 0
	fetch := func(_ context.Context, url string) (string, error) {
		calls++
		if url == urls[1] {
			return "", refused
		}
		return "page", nil
	}
	pages, err := FetchEach(t.Context(), urls, fetch)
	assert.ErrorIs(t, err, refused)
	assert.Nil(t, pages)
	assert.Equal(t, 2, calls)
}

// fetch does not look at ctx. The loop does, before the second one.
func TestFetchEachStopsAtTheEnd(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	fetch := func(context.Context, string) (string, error) {
		cancel(gone)
		return "page", nil
	}
	pages, err := FetchEach(ctx, urls, fetch)
	assert.Equal(t, gone, err)
	assert.Nil(t, pages)
}

// What the first failure stopped is no failure of its own. What failed
// beside it is.
func TestFetchJoinReturnsEveryFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lost, broken := errors.New("lost"), errors.New("broken")
		fetch := func(ctx context.Context, url string) (string, error) {
			switch url {
			case "broken":
				<-ctx.Done()
				return "", broken
			case "lost":
				time.Sleep(50 * time.Millisecond)
				return "", lost
			}
			return Fetch(ctx, url) // stopped
		}
		urls := []string{"stopped/1", "broken", "lost", "stopped/2"}
		start := time.Now()
		pages, err := FetchJoin(t.Context(), urls, fetch)
		assert.EqualError(t, err,
			"lost: lost\nbroken: broken")
		assert.ErrorIs(t, err, broken)
		assert.ErrorIs(t, err, lost)
		assert.Nil(t, pages)
		assert.Equal(t, 50*time.Millisecond, time.Since(start))
	})
}

// A failure that is joined to the cause is news, what says no more than
// ctx is not, and the caller's own end is told once.
func TestFetchJoinTellsTheCauseOnce(t *testing.T) {
	rollback := errors.New("rollback failed")
	for _, gone := range []error{
		errors.New("caller is gone"), incomparable{"caller is gone"},
	} {
		ctx, cancel := context.WithCancelCause(t.Context())
		var all sync.WaitGroup
		all.Add(5)
		fetch := func(ctx context.Context, url string) (string, error) {
			all.Done()
			all.Wait()
			cancel(gone)
			<-ctx.Done()
			switch url {
			case "joined":
				err := errors.Join(context.Cause(ctx), rollback)
				return "", err
			case "wrapped":
				return "", fmt.Errorf("Get: %w", context.Cause(ctx))
			case "err":
				return "", ctx.Err()
			case "broken":
				return "", rollback
			}
			return "", context.Cause(ctx)
		}
		urls := []string{
			"joined", "wrapped", "err", "cause", "broken"}
		_, err := FetchJoin(ctx, urls, fetch)
		assert.EqualError(t, err, "caller is gone\n"+
			"joined: caller is gone\nrollback failed\n"+
			"wrapped: Get: caller is gone\n"+
			"broken: rollback failed")
	}
}

// incomparable is an error that == panics on.
type incomparable []string

func (e incomparable) Error() string { return e[0] }

func TestFetchJoinReturnsThePages(t *testing.T) {
	pages, err := FetchJoin(t.Context(), urls[:2],
		func(_ context.Context, url string) (string, error) {
			return "page of " + url, nil
		})
	require.NoError(t, err)
	assert.Equal(t,
		[]string{"page of " + urls[0], "page of " + urls[1]}, pages)
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

// Why there is sound: a group sees no error, so it sees a success.
func TestAGroupTakesAnExitForASuccess(t *testing.T) {
	var g errgroup.Group
	g.Go(func() error {
		runtime.Goexit()
		return errors.New("never returned")
	})
	assert.NoError(t, g.Wait())
}

// Even when nothing fails, the group's context ends with Wait.
func TestGroupContextEndsWithWait(t *testing.T) {
	g, ctx := errgroup.WithContext(t.Context())
	g.Go(func() error { return ctx.Err() })
	require.NoError(t, g.Wait())
	assert.ErrorIs(t, ctx.Err(), context.Canceled)
}
