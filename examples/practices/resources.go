package practices

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Timed calls work and reports how long it took, even if work panics.
func Timed(work func(), report func(time.Duration)) {
	// The arguments of a deferred call are evaluated now; the body of
	// a deferred function literal is evaluated at the end.
	start := time.Now()
	defer func() { report(time.Since(start)) }()
	work()
}

// Numbers sends 0 to n-1 and closes the channel: the sender knows when
// there is nothing more to come.
func Numbers(n int) <-chan int {
	numbers := make(chan int, n)
	for i := range n {
		numbers <- i
	}
	close(numbers)
	return numbers
}

// Drain calls work for each item until the channel is closed and empty,
// in the given number of goroutines, and returns when all have ended.
func Drain[T any](workers int, items <-chan T, work func(T)) {
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for item := range items {
				work(item)
			}
		})
	}
	wg.Wait()
}

// Client is for all requests of a program; it keeps connections. The
// timeout covers a request from its dial to the last byte of the body.
var Client = &http.Client{Timeout: 10 * time.Second}

// Dial connects to a host and port. The host is a name, or an address
// of either kind.
func Dial(
	ctx context.Context, host string, port int,
) (net.Conn, error) {
	address := net.JoinHostPort(host, strconv.Itoa(port))
	dialer := net.Dialer{Timeout: 5 * time.Second}
	return dialer.DialContext(ctx, "tcp", address)
}
