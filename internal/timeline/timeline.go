// Package timeline shows what the goroutines of a program did, and when, from the program's own
// execution trace.
//
// Record builds the program with the build tag faketime, in which the clock stands still while
// any goroutine runs and jumps to the next timer when none can. The trace then holds exact
// times, whatever the load of the machine. What takes no time but the clock's has length zero,
// so a goroutine's life is its waits: for a timer, a channel, a lock, a WaitGroup.
//
// A lane is a goroutine that runs code of the program's own package, named by the function that
// it runs, or by its pprof label. Goroutines of the runtime and of libraries have no lane. Times
// are milliseconds since main began, rounded.
//
// Python.Record does the same with the tasks of an asyncio program, in a loop whose clock jumps:
// see asyncio/timeline.py. Queue.get is a receive and Queue.put a send, Lock and Semaphore are a
// lock; a wait for other tasks, or for a future, is an await.
//
// A wait that had not ended when main returned is cut off if something would have ended it, such
// as a timer, and never ends otherwise. Where no time passes, the order of events takes its place.
// Random numbers and the choices of select are the same in each run.
//
// SVG draws a timeline. What it shows of a very large one is bounded; see MaxLanes.
//
// Refused: programs that wait for a network, a signal or another process (the clock would run
// away from them), that end by os.Exit, run for an hour of their time, or do more than a trace of
// 16 MB holds. Not done: time that the processor needs (the clock doesn't see it); marks for what
// is printed otherwise than by fmt, or through a dot import (Printed has it); what happens before
// main begins.
package timeline

// A Timeline is what one run of a program did.
type Timeline struct {
	Lanes []*Lane
	End   int  // ms; when main returned, or a little after the last event if it never did
	Steps bool // no time passed: all that is in ms here counts the events of the run instead

	Printed []Line // to the standard output, in order; a recording has them, its CSV has not
}

// A Lane is one goroutine.
type Lane struct {
	Name   string
	Events []Event
}

// An Event is a wait, which takes time, or a mark, which takes none.
type Event struct {
	From, To int    // ms; To is Never for a wait that had not ended when the program did
	State    string // one of Waits or Marks
	At       string // the line of the program that waits or does it, as Source.Locate words it
	Note     string // who ended the wait, and how; what was printed; who started the lane; CutOff

	seq, seqTo int // when it began and ended, among all events of the run; 0 if that is not known
}

// A Line is what the program printed, and when.
type Line struct {
	At   int // ms
	Text string
}

// Never is the end of a wait that had none.
const Never = -1

// Waits are the states that take time, Marks the ones that do not.
var (
	Waits = []string{"sleep", "receive", "send", "select", "lock", "WaitGroup", "Cond", "blocked", "await"}
	Marks = []string{"start", "print", "cancel", "end"}
)
