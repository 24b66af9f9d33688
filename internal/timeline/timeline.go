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
// Not done: programs that wait for a network, a signal or another process (the clock would run
// away from them), that end by os.Exit or run for an hour of their time; time that the processor
// needs (the clock doesn't see it); what is printed by other functions than fmt.Print, Println
// and Printf, or by these through a dot import; what happens before main begins.
package timeline

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// A Timeline is what one run of a program did.
type Timeline struct {
	Lanes []*Lane
	End   int // ms; when main returned, or a little after the last event if it never did
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
	Note     string // who ended the wait, and how; what was printed; who started the lane
}

// Never is the end of a wait that had none.
const Never = -1

// Waits are the states that take time, Marks the ones that do not.
var (
	Waits = []string{"sleep", "receive", "send", "select", "lock", "WaitGroup", "Cond", "blocked", "await"}
	Marks = []string{"start", "print", "cancel", "end"}
)

var header = []string{"lane", "from", "to", "state", "at", "note"}

// lineEnd is what a reader of CSV takes for the end of a line, and gives as "\n".
var lineEnd = regexp.MustCompile(`\r+\n`)

// CSV is the timeline as text for a page: a row for each event, lane by lane.
func (t *Timeline) CSV() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	_ = w.Write(header) // a Buffer takes everything
	for _, lane := range t.Lanes {
		for _, e := range lane.Events {
			to := ""
			if e.To != Never {
				to = strconv.Itoa(e.To)
			}
			row := []string{lane.Name, strconv.Itoa(e.From), to, e.State, e.At, e.Note}
			for i := range row {
				row[i] = lineEnd.ReplaceAllString(row[i], "\n")
			}
			_ = w.Write(row)
		}
	}
	w.Flush()
	return b.Bytes()
}

// Parse reads what CSV wrote.
func Parse(text []byte) (*Timeline, error) {
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = len(header)
	t := &Timeline{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		if line, _ := r.FieldPos(0); line == 1 {
			if strings.Join(row, ",") != strings.Join(header, ",") {
				return nil, fmt.Errorf("line 1 is %q; want %q", row, header)
			}
			continue
		}
		if err := t.add(row); err != nil {
			line, _ := r.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
}

func (t *Timeline) add(row []string) (err error) {
	e := Event{To: Never, State: row[3], At: row[4], Note: row[5]}
	if e.From, err = strconv.Atoi(row[1]); err != nil {
		return fmt.Errorf("from is no number of milliseconds: %w", err)
	}
	if row[2] != "" {
		if e.To, err = strconv.Atoi(row[2]); err != nil {
			return fmt.Errorf("to is no number of milliseconds: %w", err)
		}
	}
	if n := len(t.Lanes); n == 0 || t.Lanes[n-1].Name != row[0] {
		t.Lanes = append(t.Lanes, &Lane{Name: row[0]})
	}
	lane := t.Lanes[len(t.Lanes)-1]
	lane.Events = append(lane.Events, e)
	t.End = max(t.End, e.From, e.To)
	return nil
}
