package rules

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Sound is the Func of a chapter's sound, which turns a job into one
// that an errgroup can trust.
func Sound(
	sound func(ctx context.Context, job func() error) func() error,
) Func {
	return Func{
		Jobs: true,
		Call: func(ctx context.Context, w *Work) error {
			return sound(ctx, func() error { return w.Job(ctx) })()
		},
		Finished: func(t *testing.T) {
			// A job that succeeds at the end has still succeeded.
			ctx, cancel := context.WithCancel(t.Context())
			job := sound(ctx, func() error { cancel(); return nil })
			assert.NoError(t, job())
		},
	}
}
