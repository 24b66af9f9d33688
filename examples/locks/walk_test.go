package locks

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The root and its six leaves take 100 ms each: three of them are
// visited at the same time, never four.
func TestWalkKeepsTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var gauge Gauge
		fetch := fetching(&gauge)
		root := &Node{}
		for range 6 {
			root.Children = append(root.Children, &Node{})
		}
		visit := func(ctx context.Context, n *Node) error {
			_, err := fetch(ctx, n.Name)
			return err
		}
		require.NoError(t, Walk(t.Context(), root, 3, visit))
		assert.Equal(t, 3, gauge.Peak())
	})
}

// One visit fails while two others are under way, and ends them.
func TestWalkStopsTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("cannot read a")
		root := &Node{Name: "root", Children: []*Node{
			{Name: "a"}, {Name: "b"}, {Name: "c"},
		}}
		stopped := make(chan error, len(root.Children))
		visit := func(ctx context.Context, n *Node) error {
			switch n.Name {
			case "root":
				return nil
			case "a":
				time.Sleep(unit)
				return broken
			}
			<-ctx.Done()
			stopped <- context.Cause(ctx)
			return context.Cause(ctx)
		}
		assert.Equal(t, broken, Walk(t.Context(), root, 4, visit))
		assert.Equal(t, broken, <-stopped)
		assert.Equal(t, broken, <-stopped)
	})
}

func TestWalkStopsAtTheFirstError(t *testing.T) {
	root := &Node{Name: "root", Children: []*Node{
		{Name: "a", Children: []*Node{{Name: "b"}}},
	}}
	for limit := range 3 {
		broken := errors.New("cannot read b")
		visit := func(_ context.Context, n *Node) error {
			if n.Name == "b" {
				return broken
			}
			return nil
		}
		err := Walk(t.Context(), root, limit+1, visit)
		assert.Equal(t, broken, err, "limit %d", limit+1)
	}
}

// The first visit ends the context, and says nothing of it. No other
// visit begins, and Walk returns the cause.
func TestWalkReturnsTheCause(t *testing.T) {
	gone := errors.New("the caller has gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	root := &Node{Name: "root", Children: []*Node{{Name: "a"}}}
	err := Walk(ctx, root, 1, func(_ context.Context, n *Node) error {
		assert.Equal(t, "a", n.Name)
		cancel(gone)
		return nil
	})
	assert.Equal(t, gone, err)
}

// One visit fails, or ends the caller's context. The other one takes an
// hour to end, and says nothing of it: Walk waits for it, and visits no
// other node.
func TestWalkWaitsForTheOthers(t *testing.T) {
	broken := errors.New("cannot read a")
	root := &Node{Name: "root", Children: []*Node{
		{Name: "a"}, {Name: "b"}, {Name: "c"}, {Name: "d"},
	}}
	for _, failure := range []error{broken, nil} {
		synctest.Test(t, func(t *testing.T) {
			outer, cancel := context.WithCancelCause(t.Context())
			var visits Counter
			visit := func(ctx context.Context, n *Node) error {
				visits.Add()
				if n.Name == "a" {
					time.Sleep(unit)
					if failure == nil {
						cancel(broken)
					}
					return failure
				}
				<-ctx.Done()
				time.Sleep(time.Hour)
				return nil
			}
			start := time.Now()
			assert.Equal(t, broken, Walk(outer, root, 2, visit))
			assert.Equal(t, 2, visits.Value())
			assert.Equal(t, time.Hour+unit, time.Since(start))
		})
	}
}
