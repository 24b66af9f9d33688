package timeline

import (
	"errors"

	"golang.org/x/exp/trace"
)

// Why a program has no timeline: what it waits for does not know of virtual time.
var (
	errNetwork = errors.New("it waits for a network, a pipe or a terminal, which know nothing of virtual time; " +
		"a program has a timeline if its goroutines wait for each other and for timers")
	errProcess = errors.New("it starts another process, which knows nothing of virtual time; " +
		"a program has a timeline if its goroutines wait for each other and for timers")
	errSignal = errors.New("it listens for signals, and virtual time stands still as long; " +
		"a program has a timeline if its goroutines wait for each other and for timers")
	errEndless = errors.New("it goes on for an hour of its time; " +
		"a program has a timeline if its main returns or waits for ever")
)

// refuse looks for what ends the reading of a trace.
func (r *reader) refuse(st trace.StateTransition, to trace.GoState) {
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
func (r *reader) refuseCall(s stack) {
	for _, f := range s {
		switch {
		case f.Func == "os.StartProcess", f.Func == "syscall.forkExec":
			r.refused = errProcess
		case f.Func == "syscall.connect", f.Func == "syscall.Listen", f.Func == "syscall.bind":
			r.refused = errNetwork
		}
	}
}

// endless refuses a program that was still at work when its hour was over.
func (r *reader) endless() {
	const nearly = 59 * 60 * 1000 // ms
	busy := r.last > nearly
	for _, l := range r.order {
		busy = busy || l.shown && l.waiting != nil && l.waiting.State == "sleep"
	}
	if busy {
		r.refused = errEndless
	}
}
