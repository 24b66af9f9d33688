package rules

import (
	"context"
	"runtime"
	"sync"
	"time"
)

// A mode is what the jobs of a Work do.
type mode int

const (
	waits  mode = iota // until the context ends, and return its cause
	ends               // the first ends the context; all succeed
	exits              // call runtime.Goexit
	panics             // panic
	quick              // succeed at once
	lasts              // until an hour after the context's end
)

// Work is what a Call gives to the function that it tries. It may be
// used by several goroutines.
type Work struct {
	mode   mode
	cancel context.CancelCauseFunc

	mu    sync.Mutex // guards all below
	steps int
	late  int  // of them begun after the end
	ended bool // a job has ended the context
	runs  int  // jobs that run
}

// Step notes that something begins: a job, an item that is taken, a
// message that is sent or received.
func (w *Work) Step() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.steps++
	if w.ended {
		w.late++
	}
}

// Job is a job that obeys its context. What it does depends on the
// rule.
func (w *Work) Job(ctx context.Context) error {
	w.Step()
	switch w.mode {
	case ends:
		// Longer than any interval, so that the next is ready.
		time.Sleep(time.Second)
		w.end()
		return nil
	case exits:
		runtime.Goexit()
	case panics:
		panic(aPanic{})
	case quick:
		return nil
	}
	w.run(1)
	defer w.run(-1)
	<-ctx.Done()
	if w.mode == lasts {
		time.Sleep(time.Hour)
	}
	return context.Cause(ctx)
}

// run counts the jobs that run.
func (w *Work) run(more int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.runs += more
}

// Running is how many jobs have begun to wait and not ended.
func (w *Work) Running() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.runs
}

// end ends the context: what begins from now on begins too late.
func (w *Work) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	w.cancel(errCause)
}

// Ended reports whether a job or Done has ended the context.
func (w *Work) Ended() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ended
}

// Steps is how many steps began.
func (w *Work) Steps() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.steps
}

// Late is how many began after a job had ended the context.
func (w *Work) Late() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.late
}
