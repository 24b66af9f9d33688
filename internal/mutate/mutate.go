// Package mutate makes small faults of concurrency in Go code, one at a time, and finds out
// whether vet and the tests of the package notice.
//
// A mutant is a copy of one function with one fault: a dropped defer, a select without one of
// its cases, a limit that is off by one. All mutants of a package are compiled into one test
// binary, beside the code as it is; an environment variable chooses one. So a mutant costs a
// process of some milliseconds, and no build.
//
// A mutant is killed when vet rejects it, or when one test fails in five of five runs. A test
// that fails less often is a coin flip, and does not count.
package mutate

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

// An Edit replaces the bytes of a file from Start to End.
type Edit struct {
	Start, End int
	New        string
}

// A Mutant is one fault in one function.
type Mutant struct {
	Package string // the name of the package
	Func    string // the declaration, such as First or Task.Wait
	Kind    string // what sort of fault, such as defer or case
	N       int    // from 1, among those of one kind in one declaration
	File    string // the file of the declaration
	Line    int    // where the fault is
	What    string // the change in words: was → is, or what is dropped
	Edits   []Edit // in the order of the file

	offset int    // of the fault
	decl   *decl  // where it belongs
	number int    // which one it is in the joined binary, from 1
	Vet    string // what vet says of it, or nothing
}

// ID names the mutant. It stays when other functions or lines change.
func (m *Mutant) ID() string {
	return fmt.Sprintf("%s.%s %s %d", m.Package, m.Func, m.Kind, m.N)
}

// apply returns src with the edits. Those of one place stay in their order.
func apply(src []byte, edits []Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.Start - b.Start })
	var out []byte
	at := 0
	for _, e := range edits {
		if e.Start < at {
			continue // inside of what is already replaced
		}
		out = append(out, src[at:e.Start]...)
		out = append(out, e.New...)
		at = e.End
	}
	return append(out, src[at:]...)
}

// oneLine makes code fit into a line of a report.
func oneLine(code string) string {
	fields := strings.Fields(code)
	line := strings.Join(fields, " ")
	const most = 80
	if runes := []rune(line); len(runes) > most {
		line = string(runes[:most-1]) + "…"
	}
	return line
}

// Diff shows the mutant as a unified diff.
func (m *Mutant) Diff() string {
	was := m.decl.file.src
	name := filepath.Base(m.File)
	return string(diff.Diff(name, was, name+" ("+m.ID()+")", apply(was, m.Edits)))
}
