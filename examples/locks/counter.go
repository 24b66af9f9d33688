package locks

import (
	"context"
	"sync"
)

// A Counter counts. The zero value is ready, and its methods may be
// called from many goroutines.
type Counter struct {
	mu    sync.Mutex // guards value
	value int
}

// Add adds one.
func (c *Counter) Add() {
	c.mu.Lock()
	defer c.mu.Unlock()
	// Three steps: read, add, write. Without the lock, another
	// goroutine can write between the first and the last.
	c.value++
}

// Value returns the count.
func (c *Counter) Value() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.value
}

// A Gauge knows how many are inside, and how many were at most.
type Gauge struct {
	mu        sync.Mutex // guards both: they belong together
	now, peak int
}

// Enter counts one in.
func (g *Gauge) Enter() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now++
	g.peak = max(g.peak, g.now)
}

// Leave counts one out.
func (g *Gauge) Leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.now--
}

// Peak returns how many were inside at most.
func (g *Gauge) Peak() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.peak
}

// A Lock is a mutex that you can hold while you wait, and stop waiting
// for. Make one with NewLock.
type Lock chan struct{}

// NewLock returns a Lock that nobody holds.
func NewLock() Lock { return make(Lock, 1) }

// Acquire waits until nobody holds the lock, and takes it. When ctx
// ends first, it returns the cause.
func (l Lock) Acquire(ctx context.Context) error {
	// If the lock is free and ctx has ended, select takes either.
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	select {
	case l <- struct{}{}: // there is room for one holder only
		if ctx.Err() == nil {
			return nil
		}
		l.Release() // it ended meanwhile
	case <-ctx.Done():
	}
	return context.Cause(ctx)
}

// Release gives the lock back. Only its holder may call it: if nobody
// holds the lock, Release panics.
func (l Lock) Release() {
	select {
	case <-l:
	default:
		panic("locks: release of a lock that nobody holds")
	}
}
