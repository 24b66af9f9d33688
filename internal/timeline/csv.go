package timeline

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The columns of the text. Without time, from and to are steps. The order of printed lines is
// there if the other columns do not tell it.
var (
	header      = []string{"lane", "from", "to", "state", "at", "note"}
	stepHeader  = []string{"lane", "from step", "to step", "state", "at", "note"}
	orderHeader = append(slices.Clip(header), "order")
)

// lineEnd is what a reader of CSV takes for the end of a line, and gives as "\n".
var lineEnd = regexp.MustCompile(`\r+\n`)

// CSV is the timeline as text for a page: a row for each event, lane by lane.
func (t *Timeline) CSV() []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	order := t.order()
	switch {
	case t.Steps:
		_ = w.Write(stepHeader) // a Buffer takes everything
	case order != nil:
		_ = w.Write(orderHeader)
	default:
		_ = w.Write(header)
	}
	for _, lane := range t.Lanes {
		for _, e := range lane.Events {
			row := []string{lane.Name, strconv.Itoa(e.From), "", e.State, e.At, e.Note}
			if e.To != Never {
				row[2] = strconv.Itoa(e.To)
			}
			if order != nil {
				row = append(row, order[e.Order])
			}
			for i := range row {
				row[i] = lineEnd.ReplaceAllString(row[i], "\n")
			}
			_ = w.Write(row)
		}
	}
	w.Flush()
	return b.Bytes()
}

// order numbers the events that print, by their place in the run. It is nil where the rest of the
// text tells the order: if no two lanes print at one time.
func (t *Timeline) order() map[int]string {
	var seqs []int
	at, needed := map[int]*Lane{}, false
	for _, l := range t.Lanes {
		for _, e := range l.Events {
			if e.State != "print" {
				continue
			}
			needed = needed || at[e.From] != nil && at[e.From] != l
			at[e.From] = l
			seqs = append(seqs, e.Order)
		}
	}
	if !needed || t.Steps || slices.Contains(seqs, 0) {
		return nil
	}
	slices.Sort(seqs)
	order := map[int]string{}
	for i, seq := range seqs {
		order[seq] = strconv.Itoa(i + 1)
	}
	return order
}

// Parse reads what CSV wrote.
func Parse(text []byte) (*Timeline, error) {
	r := csv.NewReader(bytes.NewReader(text))
	t := &Timeline{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		line, _ := r.FieldPos(0)
		if line == 1 {
			known := func(h []string) bool { return slices.Equal(h, row) }
			if !slices.ContainsFunc([][]string{header, stepHeader, orderHeader}, known) {
				return nil, fmt.Errorf("line 1 is %q; want %q", strings.Join(row, ","), strings.Join(header, ","))
			}
			t.Steps = row[1] == stepHeader[1]
			continue
		}
		if err := t.add(row); err != nil {
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
	}
}

func (t *Timeline) add(row []string) (err error) {
	e := Event{To: Never, State: row[3], At: row[4], Note: row[5]}
	if e.From, err = strconv.Atoi(row[1]); err != nil {
		return fmt.Errorf("from is not a number of milliseconds: %w", err)
	}
	if row[2] != "" {
		if e.To, err = strconv.Atoi(row[2]); err != nil {
			return fmt.Errorf("to is not a number of milliseconds: %w", err)
		}
	}
	if len(row) > len(header) && row[len(header)] != "" {
		if e.Order, err = strconv.Atoi(row[len(header)]); err != nil {
			return fmt.Errorf("order is not a number: %w", err)
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
