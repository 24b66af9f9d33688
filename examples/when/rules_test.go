package when

import (
	"context"
	"errors"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"Load": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				_, _, err := Load(ctx,
					func(ctx context.Context) (string, error) {
						return "", w.Job(ctx)
					},
					func(ctx context.Context) (int, error) {
						return 0, w.Job(ctx)
					})
				return err
			},
			Finished: loadKeepsWhatItHas,
		},
		"Greet": {
			Call:         greet,
			Silent:       true,
			AllOrNothing: "it writes one answer",
		},
		"FetchAndHash": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := FetchAndHash(ctx, make([]string, 30),
					func(ctx context.Context, _ string) (
						[]byte, error,
					) {
						return nil, w.Job(ctx)
					},
					func([]byte) (sum [32]byte) {
						w.Step()
						return sum
					})
				return err
			},
			Finished: fetchAndHashKeepsWhatItHas,
			Nothing: func(ctx context.Context) error {
				_, err := FetchAndHash(ctx, nil, nil, nil)
				return err
			},
		},
		"sound": rules.Sound(sound),
	})
}

// greet has Greet answer a request with ctx; an answer is a step.
func greet(ctx context.Context, w *rules.Work) error {
	response := httptest.NewRecorder()
	request := httptest.NewRequestWithContext(ctx, "GET", "/", nil)
	Greet(response, request)
	if response.Body.Len() > 0 {
		w.Step()
	}
	return nil
}

// The user is there when the orders fail.
func loadKeepsWhatItHas(t *testing.T) {
	refused := errors.New("connection refused")
	there := make(chan bool)
	name, count, err := Load(t.Context(),
		func(context.Context) (string, error) {
			defer close(there)
			return "Ada", nil
		},
		func(context.Context) (int, error) {
			<-there
			return 0, refused
		})
	assert.Equal(t, refused, err)
	assert.Equal(t, "Ada", name)
	assert.Zero(t, count)
}

// One body is hashed when the other fetch fails.
func fetchAndHashKeepsWhatItHas(t *testing.T) {
	refused := errors.New("connection refused")
	hashed := make(chan bool)
	sums, err := FetchAndHash(t.Context(), []string{"a", "b"},
		func(_ context.Context, url string) ([]byte, error) {
			if url == "b" {
				<-hashed
				return nil, refused
			}
			return nil, nil
		},
		func([]byte) [32]byte {
			defer close(hashed)
			return [32]byte{1}
		})
	assert.Equal(t, refused, err)
	assert.Equal(t, [][32]byte{{1}, {}}, sums)
}
