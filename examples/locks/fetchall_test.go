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

// One of three fetches fails. The other two take an hour to end: they
// are waited for, and no other fetch begins.
func TestFetchAllWaitsForTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := errors.New("connection refused")
		var begun Counter
		start := time.Now()
		_, err := FetchAll(t.Context(), urls, 3,
			func(ctx context.Context, url string) (string, error) {
				begun.Add()
				if url == urls[2] {
					time.Sleep(unit)
					return "", refused
				}
				<-ctx.Done()
				time.Sleep(time.Hour)
				return "data", nil
			})
		assert.Equal(t, refused, err)
		assert.Equal(t, 3, begun.Value())
		assert.Equal(t, time.Hour+unit, time.Since(start))
	})
}
