package locks

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// A Node is one node of a tree.
type Node struct {
	Name     string
	Children []*Node
}

// Walk visits root and everything below it, at most limit nodes at the
// same time, in no particular order. The limit must not be zero. Walk
// stops at the first error.
func Walk(
	ctx context.Context, root *Node, limit int,
	visit func(ctx context.Context, n *Node) error,
) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(limit)
	var walk func(n *Node) error
	walk = func(n *Node) error {
		if ctx.Err() != nil {
			return context.Cause(ctx) // start no more
		}
		for _, child := range n.Children {
			next := func() error { return walk(child) }
			// This goroutine holds a slot. In g.Go it could wait
			// for one that nobody can free; TryGo never waits.
			if g.TryGo(next) {
				continue
			}
			if err := next(); err != nil {
				return err
			}
		}
		return visit(ctx, n)
	}
	g.Go(func() error { return walk(root) })
	return g.Wait()
}
