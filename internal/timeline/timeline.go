// Package timeline is what the goroutines or tasks of a program did, and when: lanes of waits and
// marks, and their text for a page.
//
// A lane is a goroutine or a task. Times are milliseconds since main began, rounded. Where no time
// passes, the order of events takes its place. A wait that had not ended when main returned is cut
// off if something would have ended it, such as a timer, and never ends otherwise.
//
// CSV writes a timeline as text and Parse reads it, so that a page can hold one. The text has all
// but what was printed.
//
// Package virtualtime records timelines, and picture draws them.
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
	At       string // the line of the program that waits or does it, as virtualtime.Source.Locate words it
	Note     string // who ended the wait, and how: "send of 7 by main"; what was printed; who started the lane; CutOff

	Order, OrderTo int // when it began and ended, among all events of the run; 0 if that is not known
}

// A Line is what the program printed, and when.
type Line struct {
	At   int // ms
	Text string
}

// Never is the end of a wait that had none.
const Never = -1

// CutOff is the note of a wait that something would have ended if main had not returned.
const CutOff = "cut off"

// Waits are the states that take time, Marks the ones that do not.
var (
	Waits = []string{"sleep", "receive", "send", "select", "lock", "WaitGroup", "Cond", "blocked", "await"}
	Marks = []string{"start", "print", "cancel", "end"}
)
