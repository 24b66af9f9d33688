package practices

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"
)

// Timed calls work and reports how long it took, even if work panics.
func Timed(work func(), report func(time.Duration)) {
	// The arguments of a deferred call are evaluated now; the body of
	// a deferred function literal is evaluated at the end.
	start := time.Now()
	defer func() { report(time.Since(start)) }()
	work()
}

// Numbers sends 0 to n-1, none if n is below 1, to a channel with room
// for all, and closes it: the sender knows when no more will come.
func Numbers(n int) <-chan int {
	numbers := make(chan int, max(n, 0))
	for i := range n {
		numbers <- i
	}
	close(numbers)
	return numbers
}

// Drain calls work for each item until the channel is closed and empty,
// in the given number of goroutines (below 1 counts as 1), and returns
// when all have ended. A call that exits ends its goroutine; then Drain
// returns ErrExited, and items may be left.
func Drain[T any](
	workers int, items <-chan T, work func(T),
) error {
	var g errgroup.Group
	for range max(workers, 1) {
		g.Go(sound(context.Background(), func() error {
			for item := range items {
				work(item)
			}
			return nil
		}))
	}
	return g.Wait()
}

// Client is for all requests of a program; it keeps connections. The
// timeout covers a request from its dial to the last byte of the body.
var Client = &http.Client{Timeout: 10 * time.Second}

// Dial connects to a host and port, within 5 seconds. The host is a
// name, or an address of either kind. When ctx ends first, Dial returns
// the cause.
func Dial(
	ctx context.Context, host string, port int,
) (net.Conn, error) {
	if ctx.Err() != nil {
		return nil, context.Cause(ctx) // no lookup of the name either
	}
	address := net.JoinHostPort(host, strconv.Itoa(port))
	dialer := net.Dialer{Timeout: 5 * time.Second}
	conn, err := dialer.DialContext(ctx, "tcp", address)
	if err == nil {
		return conn, nil
	}
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= 0 {
		<-ctx.Done() // the network may see the deadline first
	}
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return nil, err
}
