package httpclient

import (
	"context"
	"io"
	"net"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/time/rate"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"Get": {
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := Get(ctx, dialling(ctx, w), page)
				return err
			},
			AllOrNothing: "it has one page",
		},
		"FetchAll": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				client := &http.Client{Transport: tripper(w)}
				_, err := FetchAll(ctx, client, []string{page, page})
				return err
			},
			AllOrNothing: "an error takes the place of all pages",
			Nothing: func(ctx context.Context) error {
				_, err := FetchAll(ctx, Client, nil)
				return err
			},
		},
		"Throttle.RoundTrip": {
			Jobs: true, Inline: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				throttle := &Throttle{
					Limiter: rate.NewLimiter(rate.Inf, 0),
					Next:    tripper(w),
				}
				req, err := http.NewRequestWithContext(
					ctx, http.MethodGet, page, nil)
				if err == nil {
					_, err = throttle.RoundTrip(req)
				}
				return err
			},
			AllOrNothing: "it has one answer",
		},
		"because": {
			Instant: true,
			Call: func(ctx context.Context, _ *rules.Work) error {
				return because(ctx, ctx.Err())
			},
			Finished: func(t *testing.T) {
				// A failure of its own does not become the cause.
				ctx, cancel := context.WithCancelCause(t.Context())
				cancel(io.EOF)
				err := because(ctx, http.ErrHandlerTimeout)
				assert.Equal(t, http.ErrHandlerTimeout, err)
				err = because(ctx, context.DeadlineExceeded)
				assert.Equal(t, context.DeadlineExceeded, err)
			},
		},
		"sound": rules.Sound(sound),
	})
}

// dialling returns a client whose every request begins by dialling,
// which lasts until ctx ends.
func dialling(ctx context.Context, w *rules.Work) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DialContext: func(
			context.Context, string, string,
		) (net.Conn, error) {
			return nil, w.Job(ctx)
		},
	}}
}

// A trip is a transport that is a function.
type trip func(*http.Request) (*http.Response, error)

func (f trip) RoundTrip(req *http.Request) (*http.Response, error) {
	return f(req)
}

// tripper returns a transport that answers when the job is done.
func tripper(w *rules.Work) http.RoundTripper {
	return trip(func(req *http.Request) (*http.Response, error) {
		if err := w.Job(req.Context()); err != nil {
			return nil, err
		}
		return &http.Response{
			StatusCode: http.StatusOK, Body: http.NoBody,
		}, nil
	})
}

// No urls have no pages, and that is no failure.
func TestFetchAllOfNothing(t *testing.T) {
	pages, err := FetchAll(t.Context(), Client, nil)
	assert.NoError(t, err)
	assert.Empty(t, pages)
}
