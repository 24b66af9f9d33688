package gather

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// Nobody receives any of many results: there is room for all, and every
// goroutine ends.
func TestWaitHasRoomForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		jobs, _ := numbered()
		_, pending := Wait(t.Context(), 0, jobs...)
		time.Sleep(2 * unit)
		assert.Len(t, pending, many)
	})
}

// There is nothing to wait for, so Wait does not use its hour.
func TestWaitOfNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		done, _ := Wait[int](t.Context(), time.Hour)
		assert.Empty(t, done)
		assert.Zero(t, time.Since(start))
	})
}
