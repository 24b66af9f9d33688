package locks

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"

	"github.com/awaitless/awaitless/internal/rules"
)

func TestRules(t *testing.T) {
	rules.Check(t, map[string]rules.Func{
		"FetchAll": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := FetchAll(ctx, urls, 2, fetcher(w))
				return err
			},
			AllOrNothing: "an error takes the place of all pages",
			Counts:       fetchAllWithAnyLimit,
			Nothing: func(ctx context.Context) error {
				_, err := FetchAll(ctx, nil, 2, nil)
				return err
			},
		},
		"Gate.Fetch": {
			Jobs:   true,
			Inline: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				_, err := NewGate(1, fetcher(w)).Fetch(ctx, "")
				return err
			},
			Finished: gateReturnsWhatItHas,
		},
		"Lock.Acquire": {
			Call: func(ctx context.Context, w *rules.Work) error {
				lock := NewLock()
				err := lock.Acquire(ctx)
				if err == nil {
					w.Step()
					err = lock.Acquire(ctx)
				}
				return err
			},
			AllOrNothing: "it has no result",
		},
		"Walk": {
			Jobs: true,
			Call: func(ctx context.Context, w *rules.Work) error {
				visit := func(ctx context.Context, _ *Node) error {
					return w.Job(ctx)
				}
				return Walk(ctx, tree(3, 3), 2, visit)
			},
			AllOrNothing: "it has no result",
			Counts:       walkWithAnyLimit,
		},
		"sound": rules.Sound(sound),
	})
}

func fetcher(w *rules.Work) Fetcher {
	return func(ctx context.Context, _ string) (string, error) {
		return "", w.Job(ctx)
	}
}

// The page came before the end. Nobody throws it away.
func gateReturnsWhatItHas(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	gate := NewGate(1, func(context.Context, string) (string, error) {
		cancel()
		return "data", nil
	})
	page, err := gate.Fetch(ctx, "")
	assert.NoError(t, err)
	assert.Equal(t, "data", page)
}

// A limit below 1 counts as 1.
func fetchAllWithAnyLimit(t *testing.T) {
	for limit := -1; limit <= 3; limit++ {
		synctest.Test(t, func(t *testing.T) {
			var gauge Gauge
			_, err := FetchAll(t.Context(), urls, limit,
				fetching(&gauge))
			assert.NoError(t, err)
			assert.Equal(t, max(limit, 1), gauge.Peak())
		})
	}
}

func TestGateWithAnyLimit(t *testing.T) {
	for limit := -1; limit <= 3; limit++ {
		synctest.Test(t, func(t *testing.T) {
			var gauge Gauge
			gate := NewGate(limit, fetching(&gauge))
			_, err := FetchAll(t.Context(), urls, len(urls),
				gate.Fetch)
			assert.NoError(t, err)
			assert.Equal(t, max(limit, 1), gauge.Peak())
		})
	}
}

// Whatever the limit, each node is visited once.
func walkWithAnyLimit(t *testing.T) {
	for limit := -1; limit <= 3; limit++ {
		synctest.Test(t, func(t *testing.T) {
			var gauge Gauge
			fetch := fetching(&gauge)
			var visits Counter
			visit := func(ctx context.Context, n *Node) error {
				visits.Add()
				_, err := fetch(ctx, n.Name)
				return err
			}
			root := tree(3, 3)
			assert.NoError(t, Walk(t.Context(), root, limit, visit))
			assert.Equal(t, 1+3+9+27, visits.Value())
			assert.Equal(t, max(limit, 1), gauge.Peak())
		})
	}
}

// tree returns a tree of so many levels below its root, each node with
// so many children.
func tree(levels, children int) *Node {
	root := &Node{}
	for range children * min(levels, 1) {
		child := tree(levels-1, children)
		root.Children = append(root.Children, child)
	}
	return root
}

// A gate for many lets as many through, and no more.
func TestGateForMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var gauge Gauge
		gate := NewGate(50, fetching(&gauge))
		many := make([]string, 120)
		_, err := FetchAll(t.Context(), many, 120, gate.Fetch)
		assert.NoError(t, err)
		assert.Equal(t, 50, gauge.Peak())
	})
}
