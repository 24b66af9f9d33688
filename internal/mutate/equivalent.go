package mutate

import (
	"fmt"
	"os"
	"strings"
)

// Equivalents are the mutants that no test can notice, by their ID, each with its reason.
type Equivalents struct {
	path    string
	entries map[string]*entry
}

type entry struct {
	line         int
	what, reason string
	seen         bool
}

// ReadEquivalents reads a file of lines "ID | change | reason". Empty lines and those that
// begin with # are comments. The change must be that of the mutant: a number that has come to
// mean another mutant would hide a survivor.
func ReadEquivalents(path string) (*Equivalents, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	e := &Equivalents{path, map[string]*entry{}}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		id, rest, _ := strings.Cut(line, " | ")
		at := strings.LastIndex(rest, " | ")
		if at < 0 || strings.TrimSpace(rest[at+3:]) == "" {
			return nil, fmt.Errorf(`%s:%d: a line is "ID | change | reason"`, path, n)
		}
		if e.entries[id] != nil {
			return nil, fmt.Errorf("%s:%d: %s stands in line %d already", path, n, id, e.entries[id].line)
		}
		e.entries[id] = &entry{line: n, what: rest[:at], reason: rest[at+3:]}
	}
	return e, nil
}

// Has reports whether the mutant is said to be equivalent.
func (e *Equivalents) Has(m *Mutant) bool {
	if e == nil {
		return false
	}
	got := e.entries[m.ID()]
	if got == nil || got.what != m.What {
		return false
	}
	got.seen = true
	return true
}

// Stale returns a finding for each entry of the packages that names no mutant of theirs.
func (e *Equivalents) Stale(names map[string]bool) []string {
	var stale []string
	for id, got := range e.entries {
		pkg, _, _ := strings.Cut(id, ".")
		if names[pkg] && !got.seen {
			stale = append(stale, fmt.Sprintf("%s:%d: no mutant is %s | %s; strike the line, or mend it", e.path, got.line, id, got.what))
		}
	}
	return stale
}
