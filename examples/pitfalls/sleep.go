package pitfalls

import (
	"context"
	"time"
)

// Sleep waits for d. It returns early, with the cause, when ctx ends.
func Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
	case <-ctx.Done():
	}
	// If both are ready, select takes either. Cause knows: it is nil
	// as long as ctx lives.
	return context.Cause(ctx)
}
