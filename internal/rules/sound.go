package rules

import (
	"context"
	"runtime"
	"strings"
	"sync"
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
		begins: func(t *testing.T) {
			looked := &looks{Context: t.Context()}
			err := sound(looked, func() error {
				assert.Equal(t, goroutine(), looked.last(),
					"begun by another goroutine than the last to look")
				return nil
			})()
			assert.NoError(t, err)
		},
	}
}

// looks is a context that knows which goroutine has looked at Err last.
// Between the look of one goroutine and the first step of another, the
// context may end.
type looks struct {
	context.Context
	mu sync.Mutex
	by string // guarded by mu
}

func (l *looks) Err() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.by = goroutine()
	return l.Context.Err()
}

func (l *looks) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.by
}

// goroutine is the number of the one that calls it, as a traceback says
// it.
func goroutine() string {
	buf := make([]byte, 64)
	buf = buf[:runtime.Stack(buf, false)]
	return strings.Fields(string(buf))[1] // goroutine 7 [running]:
}
