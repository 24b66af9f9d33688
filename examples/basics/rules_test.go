package basics

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	const none = "an error takes the place of all pages"
	rules.Check(t, map[string]rules.Func{
		"Fetch": {
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := Fetch(ctx, "example.com")
				return err
			},
			AllOrNothing: "it has one result",
		},
		"FetchEach": {
			Jobs:   true,
			Inline: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := FetchEach(ctx, urls, fetcher(w))
				return err
			},
			AllOrNothing: none,
			Nothing: func(ctx context.Context) error {
				_, err := FetchEach(ctx, nil, Fetch)
				return err
			},
		},
		"FetchAll": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := FetchAll(ctx, urls, fetcher(w))
				return err
			},
			AllOrNothing: none,
			Nothing: func(ctx context.Context) error {
				_, err := FetchAll(ctx, nil, Fetch)
				return err
			},
		},
		"FetchJoin": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := FetchJoin(ctx, urls, fetcher(w))
				return err
			},
			AllOrNothing: none,
			Nothing: func(ctx context.Context) error {
				_, err := FetchJoin(ctx, nil, Fetch)
				return err
			},
		},
		"sound": rules.Sound(sound),
	})
}

// The time of a fetch is up, and its context has ended: a select takes
// either.
func TestTheEndGoesFirst(t *testing.T) {
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			_, err := Fetch(rules.EndsLate(t), "example.com")
			require.Equal(t, rules.ErrEnded, err)
			err = lose(rules.EndsLate(t))
			require.Equal(t, rules.ErrEnded, err)
		})
	}
}

// fetcher is the Fetcher of a rule.
func fetcher(w *rules.Work) Fetcher {
	return func(ctx context.Context, url string) (string, error) {
		return "", w.Job(ctx)
	}
}
