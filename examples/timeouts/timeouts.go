// Package timeouts ends work early: when its time is up, or because
// somebody says so.
package timeouts

import (
	"context"
	"io"
	"time"
)

// Work stands in for a call that takes d. It returns early, with the
// cause, when ctx ends.
func Work(ctx context.Context, d time.Duration) (string, error) {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
	// If both are ready, select takes either. The end goes first.
	if ctx.Err() != nil {
		return "", context.Cause(ctx)
	}
	return "completed", nil
}

// Abandon calls f, which knows no context, and returns what f returns.
// When ctx ends first, Abandon returns the cause and leaves f behind: f
// runs on to its own end, and what it returns is dropped. If ctx has
// ended before, f does not begin.
func Abandon[T any](
	ctx context.Context, f func() (T, error),
) (T, error) {
	type result struct {
		value T
		err   error
	}
	// Room for one: f can end although nobody waits for its result.
	results := make(chan result, 1)
	go func() {
		var r result
		r.err = sound(ctx, func() (err error) {
			r.value, err = f()
			return err
		})()
		results <- r
	}()
	select {
	case r := <-results:
		return r.value, r.err
	case <-ctx.Done():
	}
	select {
	case r := <-results: // f has returned as well
		return r.value, r.err
	default:
		var zero T
		return zero, context.Cause(ctx)
	}
}

// ReadAll reads r to its end. When ctx ends first, it closes r and
// returns what it has read, and the cause; so it does if r ends or
// fails just then. This is for a network connection or a pipe: Close
// wakes no Read of a file without deadlines, such as os.Stdin, nor a
// server's of a body over HTTP/1.
func ReadAll(ctx context.Context, r io.ReadCloser) ([]byte, error) {
	// Read knows no context, but Close wakes a Read that waits.
	stop := context.AfterFunc(ctx, func() { r.Close() })
	broken := true
	defer func() {
		if broken {
			stop() // Read has panicked: leave r to the caller
		}
	}()
	data, err := io.ReadAll(reader(func(p []byte) (int, error) {
		if ctx.Err() != nil {
			return 0, ctx.Err() // too late to begin this Read
		}
		return r.Read(p)
	}))
	broken = false
	if err != nil && ctx.Err() != nil {
		// err says at most that r is closed; the cause says why.
		return data, context.Cause(ctx)
	}
	// No stop above: AfterFunc may be late, and has to close r.
	if !stop() {
		// r is being closed, and may have ended because of that: the
		// peer of a TLS connection answers Close with its own end.
		return data, context.Cause(ctx)
	}
	return data, err
}

// A reader is a function that reads, as an io.Reader.
type reader func(p []byte) (int, error)

func (read reader) Read(p []byte) (int, error) { return read(p) }
