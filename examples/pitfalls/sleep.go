package pitfalls

import (
	"context"
	"time"
)

// Sleep waits for d. It returns early, with the cause, when ctx ends.
func Sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
