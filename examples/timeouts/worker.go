package timeouts

import (
	"context"
	"sync"
)

// A Worker is a function that runs in a goroutine of its own until you
// stop it.
type Worker struct {
	cancel  context.CancelCauseFunc
	running sync.WaitGroup
	err     error // set before running is done
}

// StartWorker runs f in a new goroutine. f must return soon after its
// context ends. If that has ended before f begins, f does not begin.
func StartWorker(
	ctx context.Context, f func(ctx context.Context) error,
) *Worker {
	ctx, cancel := context.WithCancelCause(ctx)
	w := &Worker{cancel: cancel}
	w.running.Go(func() {
		// If f ends by itself, nobody else frees the context.
		defer cancel(nil)
		w.err = sound(ctx, func() error { return f(ctx) })()
	})
	return w
}

// Stop ends the worker's context with the cause, waits until the worker
// has returned, and returns its error. The worker must not stop itself:
// it would wait for itself.
func (w *Worker) Stop(cause error) error {
	w.cancel(cause)
	// cancel only asks. This wait sees the worker gone, with all that
	// it has deferred.
	w.running.Wait()
	return w.err
}
