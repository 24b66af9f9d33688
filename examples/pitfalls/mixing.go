package pitfalls

import (
	"context"
	"sync"
)

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

// Deposit adds n to the account and sends the new balance to news. It
// returns early, with the cause, when ctx ends before anybody receives.
func (a *Account) Deposit(
	ctx context.Context, n int, news chan<- int,
) error {
	balance := a.add(n)
	// The lock is free again: whoever receives may call Balance.
	select {
	case news <- balance:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// add is the one place that changes the balance. It takes the lock, so
// nothing that holds the lock may call it.
func (a *Account) add(n int) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.balance += n
	return a.balance
}
