package cleanup

import (
	"context"
	"fmt"
	"time"
)

// A Conn stands in for whatever must be given back: a connection, a
// lease, a file.
type Conn struct{ addr string }

// Connect acquires a connection. If it fails there is nothing to close.
func Connect(ctx context.Context, addr string) (*Conn, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	fmt.Println("connecting to", addr)
	if err := network(ctx); err != nil {
		return nil, err
	}
	return &Conn{addr}, nil
}

// Query asks the server.
func (c *Conn) Query(
	ctx context.Context, question string,
) (string, error) {
	if err := network(ctx); err != nil {
		return "", err
	}
	return "answer to " + question, nil
}

// Close says goodbye to the server. That takes 100 ms, so it needs a
// ctx of its own that is still alive.
func (c *Conn) Close(ctx context.Context) error {
	if err := network(ctx); err != nil {
		return fmt.Errorf("%s left open: %w", c.addr, err)
	}
	fmt.Println("closed", c.addr)
	return nil
}

// network takes as long as a message to the server and back.
func network(ctx context.Context) error {
	select {
	case <-time.After(100 * time.Millisecond):
	case <-ctx.Done():
	}
	return context.Cause(ctx) // nil as long as ctx lives
}
