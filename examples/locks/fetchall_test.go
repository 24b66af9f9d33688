package locks

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The first page comes last. It stands first all the same, and the urls
// stay as they were.
func TestFetchAllKeepsTheOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		wait := time.Duration(len(urls)) * unit
		given := slices.Clone(urls)
		pages, err := FetchAll(t.Context(), given, len(given),
			func(_ context.Context, url string) (string, error) {
				place := slices.Index(urls, url)
				time.Sleep(wait - time.Duration(place)*unit)
				return url, nil
			})
		require.NoError(t, err)
		assert.Equal(t, urls, pages)
		assert.Equal(t, urls, given)
	})
}

// One of three fetches fails, or ends the caller's context. The other
// two take an hour to end: they are waited for, and no fetch begins.
func TestFetchAllWaitsForTheOthers(t *testing.T) {
	refused := errors.New("connection refused")
	for _, failure := range []error{refused, nil} {
		synctest.Test(t, func(t *testing.T) {
			outer, cancel := context.WithCancelCause(t.Context())
			var begun Counter
			third := func() (string, error) {
				time.Sleep(unit)
				if failure == nil {
					cancel(refused)
				}
				return "data", failure
			}
			fetch := func(
				ctx context.Context, url string,
			) (string, error) {
				begun.Add()
				if url == urls[2] {
					return third()
				}
				<-ctx.Done()
				time.Sleep(time.Hour)
				return "data", nil
			}
			start := time.Now()
			_, err := FetchAll(outer, urls, 3, fetch)
			assert.Equal(t, refused, err)
			assert.Equal(t, 3, begun.Value())
			assert.Equal(t, time.Hour+unit, time.Since(start))
		})
	}
}

// The caller has gone, and its fetch takes an hour to end. Until then
// the slot is taken.
func TestGateKeepsTheSlotToTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		gate := NewGate(1,
			func(context.Context, string) (string, error) {
				time.Sleep(time.Hour)
				return "data", nil
			})
		start := time.Now()
		go gate.Fetch(ctx, urls[0])
		synctest.Wait() // it has the slot
		cancel()
		page, err := gate.Fetch(t.Context(), urls[1])
		assert.NoError(t, err)
		assert.Equal(t, "data", page)
		assert.Equal(t, 2*time.Hour, time.Since(start))
	})
}

func TestFetchAllWithNothingToFetch(t *testing.T) {
	pages, err := FetchAll(t.Context(), nil, 3, nil)
	assert.NoError(t, err)
	assert.Empty(t, pages)
}

// The first failure in time is returned. The first url fails, too, but
// later, and in its own words.
func TestFetchAllReturnsTheFirstFailureInTime(t *testing.T) {
	lost := errors.New("lost")
	begun := make(chan struct{})
	_, err := FetchAll(t.Context(), []string{"open", "lost"}, 2,
		func(ctx context.Context, url string) (string, error) {
			if url == "lost" {
				<-begun // or the other might never begin
				return "", lost
			}
			close(begun)
			<-ctx.Done()
			return "", errors.New("rollback failed")
		})
	assert.Equal(t, lost, err)
}
