// Package cleanup shows what async with becomes in Go: defer, and a
// teardown that outlives the cancellation of the work.
package cleanup

import (
	"context"
	"errors"
	"time"
)

// grace is how long a teardown may take, whatever became of the work.
const grace = 5 * time.Second

// ErrStuck reports a teardown that does not end with its context.
var ErrStuck = errors.New("teardown does not end")

// A Closer has a teardown that waits for something.
type Closer interface {
	Close(ctx context.Context) error
}

// Close closes c and adds a failure to *err, the named result of the
// function that defers it:
//
//	defer Close(ctx, c, &err)
func Close(ctx context.Context, c Closer, err *error) {
	// If the work was cancelled, ctx has ended, and a teardown that
	// used it would fail at once. WithoutCancel keeps the values of
	// ctx and drops its end; the timeout is the teardown's own.
	ctx = context.WithoutCancel(ctx)
	limited, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	// With room for one, so that a teardown that comes too late can
	// still leave.
	closed := make(chan error, 1)
	closing := sound(ctx, func() error { return c.Close(limited) })
	go func() { closed <- closing() }()
	failed := ErrStuck
	select {
	case failed = <-closed:
	case <-time.After(2 * grace): // c does not look at limited
	}
	if failed != nil {
		*err = errors.Join(*err, failed)
	}
}

// Ask connects, asks one question and closes the connection.
func Ask(
	ctx context.Context, addr, question string,
) (answer string, err error) {
	conn, err := Connect(ctx, addr)
	if err != nil {
		return "", err
	}
	// Only now: a Connect that fails leaves nothing to close.
	defer Close(ctx, conn, &err)
	return conn.Query(ctx, question)
}

// WithConn lends use a connection to addr, and closes it when use is
// done: by returning, by failing, or by a panic.
func WithConn(
	ctx context.Context, addr string,
	use func(context.Context, *Conn) error,
) (err error) {
	conn, err := Connect(ctx, addr)
	if err != nil {
		return err
	}
	defer Close(ctx, conn, &err)
	return use(ctx, conn)
}

// WithAll lends use one resource per name, all open at the same time.
// They close in reverse order, even if only some could be opened, one
// after the other: each may take as long as Close lets it.
func WithAll[C Closer](
	ctx context.Context, names []string,
	open func(context.Context, string) (C, error),
	use func(context.Context, []C) error,
) (err error) {
	var all []C
	for _, name := range names {
		// An open need not look at ctx.
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		// Not err: a second err, declared in this loop, would get
		// the errors of Close, and nobody would see them.
		c, failed := open(ctx, name)
		if failed != nil {
			return failed
		}
		// A defer belongs to the function, not to the loop. Here
		// that is what we want: nothing closes before use.
		defer Close(ctx, c, &err)
		all = append(all, c)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return use(ctx, all)
}
