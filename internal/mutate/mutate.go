// Package mutate is what a mutant is: a small fault of concurrency in one declaration of a Go
// package, such as a dropped defer, a select without one of its cases, or a limit that is off by
// one. It also loads the packages, and reads the list of mutants that no test can notice.
//
// The packages in its folder make and judge mutants: operator finds the places for faults, check
// says which mutants compile and what vet says of them, schema makes one program of all mutants of
// a package, and runner finds out which ones the tests notice.
//
// Not done: faults of plain arithmetic or text, two faults at once.
package mutate

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/awaitless/awaitless/internal/edit"
)

// A Mutant is one fault in one function.
type Mutant struct {
	Package string      // the name of the package
	Func    string      // the declaration, such as First or Task.Wait
	Kind    string      // what sort of fault, such as defer or case
	N       int         // from 1, among those of one kind in one declaration
	File    string      // the file of the declaration
	Line    int         // where the fault is
	What    string      // the change in words: was → is, or what is dropped
	Edits   []edit.Edit // of File, in any order

	Offset int    // of the fault, in bytes of File
	Decl   *Decl  // where it belongs
	Number int    // which one it is among those of the package that compile, from 1
	Vet    string // what vet says of it, or nothing
}

// ID names the mutant. It stays when other functions or lines change.
func (m *Mutant) ID() string {
	return fmt.Sprintf("%s.%s %s %d", m.Package, m.Func, m.Kind, m.N)
}

// Apply returns src with the edits. Those of one place stay in their order, and one inside of what
// another replaces is left out.
func Apply(src []byte, edits []edit.Edit) []byte {
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, func(a, b edit.Edit) int { return a.From - b.From })
	at := 0
	var kept []edit.Edit
	for _, e := range edits {
		if e.From >= at {
			kept = append(kept, e)
			at = e.To
		}
	}
	return edit.Apply(src, kept)
}

// OneLine makes code fit into a line of a report.
func OneLine(code string) string {
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
	was := m.Decl.File.Src
	name := filepath.Base(m.File)
	return string(diff.Diff(name, was, name+" ("+m.ID()+")", Apply(was, m.Edits)))
}
