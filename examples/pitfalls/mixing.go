package pitfalls

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// ErrUnheard reports a deposit that is made, but of which nobody has
// received the news. Do not deposit again.
var ErrUnheard = errors.New("deposited, but nobody was told")

// An Account is safe for use by several goroutines. Do not copy it.
type Account struct {
	mu      sync.Mutex
	balance int
}

// Balance returns what is in the account.
func (a *Account) Balance() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}

// Deposit adds n to the account and sends the new balance to news. When
// ctx has ended before, it does neither, and returns the cause. When
// ctx ends before anybody receives, the deposit stays: the error is
// ErrUnheard, and the cause.
func (a *Account) Deposit(
	ctx context.Context, n int, news chan<- int,
) error {
	// Ask for Done before looking at ctx.Err. The Done of a context
	// that is not Go's own may take time, and ctx could end meanwhile.
	ended := ctx.Done()
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	balance := a.add(n)
	// The lock is free again: whoever receives may call Balance. If ctx
	// has ended and somebody is ready, select takes either: look first.
	if ctx.Err() == nil {
		select {
		case news <- balance:
			return nil
		case <-ended:
		}
	}
	return fmt.Errorf("%w: %w", ErrUnheard, context.Cause(ctx))
}

// add is the one place that changes the balance. It takes the lock, so
// nothing that holds the lock may call it.
func (a *Account) add(n int) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
	return a.balance
}
