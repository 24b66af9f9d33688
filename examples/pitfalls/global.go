package pitfalls

import (
	"context"
	"maps"
	"sync"
)

// Hits counts the visits of pages. Its zero value is ready to use, by
// several goroutines. Whoever needs it gets it as an argument, so each
// test can have its own.
type Hits struct {
	mu    sync.Mutex
	pages map[string]int
}

// Add counts one visit of page. A visit whose ctx has ended does not
// count. The context belongs to the call, so it is not kept.
func (h *Hits) Add(ctx context.Context, page string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if ctx.Err() != nil {
		return context.Cause(ctx) // it may have waited for the lock
	}
	if h.pages == nil {
		h.pages = map[string]int{}
	}
	h.pages[page]++
	return nil
}

// Pages returns a copy: nobody can reach the map without the lock.
func (h *Hits) Pages() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.pages)
}
