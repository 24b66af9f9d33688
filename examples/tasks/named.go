package tasks

import (
	"context"
	"runtime/pprof"
	"runtime/trace"
)

// A Task is a running job with a name. Any number of callers may wait
// for it, and each gets the same result.
type Task[T any] struct {
	name  string
	done  chan struct{} // closed after value and err are set
	value T
	err   error
}

// Spawn runs job in a goroutine that carries name as a label and in the
// execution trace. It returns at once. To stop the job, end ctx.
func Spawn[T any](
	ctx context.Context, name string,
	job func(context.Context) (T, error),
) *Task[T] {
	t := &Task[T]{name: name, done: make(chan struct{})}
	go t.run(ctx, job)
	return t
}

func (t *Task[T]) run(
	ctx context.Context, job func(context.Context) (T, error),
) {
	// The label is for profiles and tracebacks. An execution trace
	// does not show labels; it knows the name of a trace.Task.
	ctx, task := trace.NewTask(ctx, t.name)
	ctx = pprof.WithLabels(ctx, pprof.Labels("task", t.name))
	// The goroutine is ours and ends with the job, so nobody has to
	// put the old labels back, as pprof.Do would. The goroutine that
	// sound starts for the job inherits them.
	pprof.SetGoroutineLabels(ctx)
	t.err = sound(ctx, func() (err error) {
		t.value, err = job(ctx)
		return err
	})()
	task.End()
	// A close wakes every waiter; a send would wake one of them.
	close(t.done)
}

// Name returns what the task was called in Spawn.
func (t *Task[T]) Name() string { return t.name }

// Done returns a channel that is closed when the task has ended. Use it
// in a select.
func (t *Task[T]) Done() <-chan struct{} { return t.done }

// Finished reports whether the task has ended. It does not wait.
func (t *Task[T]) Finished() bool {
	select {
	case <-t.done:
		return true
	default:
		return false
	}
}

// Wait waits until the task has ended and returns its result. When ctx
// ends first, Wait gives up; the task runs on.
func (t *Task[T]) Wait(ctx context.Context) (T, error) {
	select {
	case <-t.done:
		return t.value, t.err
	case <-ctx.Done():
		// If both have ended, select takes either case.
		if t.Finished() {
			return t.value, t.err
		}
		var none T
		return none, context.Cause(ctx)
	}
}

// NameOf returns the name of the task that was given ctx: its label, if
// nobody has set another "task" since.
func NameOf(ctx context.Context) string {
	name, _ := pprof.Label(ctx, "task")
	return name
}
