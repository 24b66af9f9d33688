package pitfalls

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/stretchr/testify/assert"
)

// beside calls a, and a second later b, in goroutines that stay until
// both are done: the race detector forgets who has ended. All but a
// sleep that brings two goroutines in order would hide from the
// detector that they share no lock. There is no assertion in a and b,
// since it would lock something, too.
func beside(a, b func()) {
	over := make(chan struct{})
	var done, ended sync.WaitGroup
	for i, do := range []func(){a, b} {
		done.Add(1)
		ended.Go(func() {
			time.Sleep(time.Duration(i) * time.Second)
			do()
			done.Done()
			<-over
		})
	}
	done.Wait()
	close(over)
	ended.Wait()
}

// Who reads takes the lock, and keeps it while it reads. If one does
// not, the race detector reports this test. Each pair is tried in both
// orders, and has a Hits or an Account that nobody has used yet: the
// detector sees only who makes the map, not what maps.Clone reads.
func TestReadersTakeTheLock(t *testing.T) {
	ctx := t.Context()
	add := func(h *Hits) { _ = h.Add(ctx, "home") }
	pages := func(h *Hits) { h.Pages() }
	deposit := func(a *Account) { a.add(1) }
	var seen [2]int // or the compiler need not read
	var pairs sync.WaitGroup
	for i := range seen {
		try := func(a, b func()) {
			if i == 1 {
				a, b = b, a
			}
			pairs.Go(func() { beside(a, b) })
		}
		var looked, counted Hits
		try(func() { add(&looked) }, func() { pages(&looked) })
		try(func() { add(&counted) }, func() { add(&counted) })
		var read, changed Account
		try(func() { deposit(&read) },
			func() { seen[i] = read.Balance() })
		try(func() { deposit(&changed) }, func() { deposit(&changed) })
	}
	pairs.Wait()
	assert.Subset(t, []int{0, 1}, seen)
}

// Deposit waits for a receiver without the lock, and not for ever.
func TestDepositWaitsUnlocked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		var account Account
		var depositor sync.WaitGroup
		depositor.Go(func() {
			err := account.Deposit(ctx, 10, make(chan int))
			assert.ErrorIs(t, err, context.DeadlineExceeded)
			assert.ErrorIs(t, err, ErrUnheard)
		})
		synctest.Wait() // nobody receives; Deposit is waiting
		assert.Equal(t, 10, account.Balance())
		depositor.Wait()
	})
}

// A receiver is ready, and ctx ends while Deposit adds: the news comes
// too late, and the deposit stays.
func TestDepositTellsNobodyTooLate(t *testing.T) {
	gone := errors.New("caller is gone")
	for range 100 {
		ctx, cancel := context.WithCancelCause(t.Context())
		var account Account
		news := make(chan int, 1)
		// Nothing is in the account yet when Deposit looks first.
		ends := &endsAtLook{ctx, func() {
			if account.Balance() > 0 {
				cancel(gone)
			}
		}}
		err := account.Deposit(ends, 10, news)
		cancel(nil)
		require.ErrorIs(t, err, ErrUnheard)
		require.ErrorIs(t, err, gone)
		require.NotErrorIs(t, err, context.Canceled)
		require.Empty(t, news)
		require.Equal(t, 10, account.Balance())
	}
}

// endsAtLook is a context that calls look when somebody asks for its
// Err or Done.
type endsAtLook struct {
	context.Context
	look func()
}

func (c endsAtLook) Err() error {
	c.look()
	return c.Context.Err()
}

func (c endsAtLook) Done() <-chan struct{} {
	c.look()
	return c.Context.Done()
}

// Ten deposits at the same time: each sends the balance that it made.
// A lock that somebody who has waited for long finds taken again, goes
// from one to the next: nobody gets it twice before all had it once. So
// a balance that is read later is that of all ten. On one thread, this
// test is the one that takes it again.
func TestDepositSendsItsOwnBalance(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var account Account
	news := make(chan int, 10)
	var depositors sync.WaitGroup
	account.mu.Lock()
	for range cap(news) {
		depositors.Go(func() {
			assert.NoError(t, account.Deposit(t.Context(), 1, news))
		})
	}
	for range 2 {
		time.Sleep(unit)
		account.mu.Unlock()
		account.mu.Lock()
	}
	account.mu.Unlock()
	depositors.Wait()
	close(news)
	var balances []int
	for balance := range news {
		balances = append(balances, balance)
	}
	want := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	assert.ElementsMatch(t, want, balances)
}
