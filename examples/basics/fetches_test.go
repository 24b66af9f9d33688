package basics

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// atOnce has the functions that fetch urls at the same time, and all
// has the one that does not, too.
var (
	atOnce = map[string]fetches{
		"FetchAll": FetchAll, "FetchJoin": FetchJoin,
	}
	all = map[string]fetches{
		"FetchAll": FetchAll, "FetchJoin": FetchJoin,
		"FetchEach": FetchEach,
	}
)

type fetches func(
	context.Context, []string, Fetcher,
) ([]string, error)

// A hundred fetches overlap as three do: there is no limit. In turn,
// they take a hundred times as long.
func TestAHundredFetches(t *testing.T) {
	for name, fetch := range all {
		synctest.Test(t, func(t *testing.T) {
			var urls, want []string
			for i := range 100 {
				urls = append(urls, strconv.Itoa(i))
				want = append(want, "data from "+urls[i])
			}
			took := 100 * time.Millisecond
			if _, overlaps := atOnce[name]; !overlaps {
				took *= 100
			}
			start := time.Now()
			pages, err := fetch(t.Context(), urls, Fetch)
			require.NoError(t, err, name)
			assert.Equal(t, want, pages, name)
			assert.Equal(t, took, time.Since(start), name)
		})
	}
}

// The first failure is returned when each of the others has ended,
// however many there are, and however long that takes.
func TestAllWaitsForEveryFetch(t *testing.T) {
	for name, fetch := range atOnce {
		synctest.Test(t, func(t *testing.T) {
			urls := make([]string, 100)
			for i := range urls {
				urls[i] = strconv.Itoa(i)
			}
			lost := errors.New("lost")
			start := time.Now()
			_, err := fetch(t.Context(), urls,
				func(ctx context.Context, url string) (string, error) {
					if url == "0" {
						time.Sleep(time.Second)
						return "", lost
					}
					<-ctx.Done()
					hours, _ := strconv.Atoi(url)
					time.Sleep(time.Duration(hours) * time.Hour)
					return "", context.Cause(ctx)
				})
			assert.ErrorIs(t, err, lost, name)
			assert.Equal(t, time.Second+99*time.Hour,
				time.Since(start), name)
		})
	}
}

// The caller's end comes while the last fetch runs. What the fetch
// makes of it is its own affair: a page stays, and an error says more
// than the cause.
func TestTheFetchHasTheLastWord(t *testing.T) {
	for _, want := range []error{nil, errors.New("half a page")} {
		for name, fetch := range all {
			ctx, cancel := context.WithCancel(t.Context())
			pages, err := fetch(ctx, []string{"a"},
				func(context.Context, string) (string, error) {
					cancel()
					return "page", want
				})
			if want == nil {
				assert.NoError(t, err, name)
				assert.Equal(t, []string{"page"}, pages, name)
				continue
			}
			assert.ErrorIs(t, err, want, name)
			assert.Nil(t, pages, name)
			if name != "FetchJoin" { // which says first why it ended
				assert.Equal(t, want, err, name)
			}
		}
	}
}

// A nil pointer in the place of a cause is returned like any other.
func TestACauseMayBeANilPointer(t *testing.T) {
	for name, fetch := range all {
		ctx, cancel := context.WithCancelCause(t.Context())
		_, err := fetch(ctx, []string{"a"},
			func(ctx context.Context, _ string) (string, error) {
				cancel((*code)(nil))
				<-ctx.Done()
				return "", context.Cause(ctx)
			})
		assert.ErrorIs(t, err, (*code)(nil), name)
	}
}

// code is an error that has no text without a value.
type code int

func (c *code) Error() string { return strconv.Itoa(int(*c)) }

// Many fail with one and the same error. Each of them is told, and told
// once.
func TestFetchJoinTellsTheSameFailureOfEach(t *testing.T) {
	refused := errors.New("refused")
	var urls, want []string
	for i := range 100 {
		urls = append(urls, strconv.Itoa(i))
		want = append(want, urls[i]+": refused")
	}
	var begun sync.WaitGroup // or some would never begin
	begun.Add(len(urls))
	_, err := FetchJoin(t.Context(), urls,
		func(context.Context, string) (string, error) {
			begun.Done()
			begun.Wait()
			return "", refused
		})
	require.ErrorIs(t, err, refused)
	assert.ElementsMatch(t, want, strings.Split(err.Error(), "\n"))
}

// The first failure in time is returned. The first url fails, too, but
// later, and in its own words.
func TestFetchAllReturnsTheFirstFailureInTime(t *testing.T) {
	lost := errors.New("lost")
	begun := make(chan struct{})
	_, err := FetchAll(t.Context(), []string{"open", "lost"},
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

// lose fails after 200 ms: not at once, and not with another fetch.
func TestLoseTakes200ms(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		assert.EqualError(t, lose(t.Context()), "connection lost")
		assert.Equal(t, 200*time.Millisecond, time.Since(start))
	})
}
