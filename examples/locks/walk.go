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
// same time (below 1 counts as 1), in no particular order. At the first
// error, or when ctx ends, it visits no other node.
func Walk(
	ctx context.Context, root *Node, limit int,
	visit func(ctx context.Context, n *Node) error,
) error {
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(max(limit, 1))
	var walk func(n *Node) error
	walk = func(n *Node) error {
		for _, child := range n.Children {
			next := func() error { return walk(child) }
			// This goroutine holds a slot. In g.Go it could wait
			// for one that nobody can free; TryGo never waits.
			if g.TryGo(sound(ctx, next)) {
				continue
			}
			if err := next(); err != nil {
				return err
			}
		}
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return visit(ctx, n)
	}
	g.Go(sound(ctx, func() error { return walk(root) }))
	return g.Wait()
}
