package pitfalls

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Many goroutines, one page: no visit is lost, and -race is content.
func TestHitsCountsAll(t *testing.T) {
	var hits Hits
	var visitors sync.WaitGroup
	for range 100 {
		visitors.Go(func() {
			assert.NoError(t, hits.Add(t.Context(), "/"))
		})
	}
	visitors.Wait()
	assert.Equal(t, map[string]int{"/": 100}, hits.Pages())
}

// A visit whose ctx ends while it waits for the lock does not count
// either: Add looks when it has the lock.
func TestAddLooksUnderTheLock(t *testing.T) {
	var hits Hits
	ctx := endsAtLook{t.Context(), func() {
		if hits.mu.TryLock() {
			hits.mu.Unlock()
			t.Error("a look without the lock")
		}
	}}
	assert.NoError(t, hits.Add(ctx, "home"))
}

// Pages hands out a copy: what its caller does to it changes nothing.
func TestPagesIsACopy(t *testing.T) {
	var hits Hits
	assert.NoError(t, hits.Add(t.Context(), "home"))
	hits.Pages()["home"] = 9
	assert.Equal(t, map[string]int{"home": 1}, hits.Pages())
}
