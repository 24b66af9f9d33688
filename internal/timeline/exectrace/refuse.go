package exectrace

import (
	"errors"

	"golang.org/x/exp/trace"
)

// ErrProcess is why a program has no timeline that starts another one.
var ErrProcess = errors.New("it starts another process, which knows nothing of virtual time; " +
	"a program has a timeline if its goroutines wait for each other and for timers")

// Why else it has none: what it waits for does not know of virtual time.
var (
	errNetwork = errors.New("it waits for a network, a pipe or a terminal, which know nothing of virtual time; " +
		"a program has a timeline if its goroutines wait for each other and for timers")
	errEndless = errors.New("it goes on for an hour of its time; " +
		"a program has a timeline if its main returns or waits for ever")
)

// refuse looks for what ends the reading of a trace.
func (r *Run) refuse(st trace.StateTransition, to trace.GoState) {
	if r.zero == 0 {
		return
	}
	switch {
	case to == trace.GoWaiting && st.Reason == "network":
		r.refused = errNetwork
	case to == trace.GoSyscall:
		r.refuseCall(newStack(st.Stack))
	}
}

// refuseCall looks at a system call.
func (r *Run) refuseCall(s stack) {
	for _, f := range s {
		switch {
		case f.Func == "os.StartProcess", f.Func == "syscall.forkExec":
			r.refused = ErrProcess
		case f.Func == "syscall.connect", f.Func == "syscall.Listen", f.Func == "syscall.bind":
			r.refused = errNetwork
		}
	}
}

// endless refuses a program that was still at work when its hour was over.
func (r *Run) endless() {
	const nearly = 59 * 60 * 1000 // ms
	busy := r.last > nearly
	for _, l := range r.order {
		busy = busy || l.shown && l.waiting != nil && l.waiting.State == "sleep"
	}
	if busy {
		r.refused = errEndless
	}
}
