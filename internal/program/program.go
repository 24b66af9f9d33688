// Package program turns an Example into one whole program: a gofmt-ed package main that a
// reader can paste into an empty folder and run.
//
// The program holds the imports it needs, the declarations that the Example reaches, byte for
// byte and in source order (non-test files first, then file name, then offset), and a main with
// the Example's body. Reached means: named by the Example or by a reached declaration. A type
// brings its methods, since an interface may need them; a name in a group brings the group. An
// init function, or a "var _ = f()", is taken when it touches a reached package-level variable,
// and then brings what it reaches. So is one that acts on another package, as gob.Register and
// flag.Bool do, when it stands in a file of which something is reached, or names a reached type;
// of others that act on a package of the program, a warning tells. Blank imports come with the files of reached declarations.
// Comment lines that begin with //docs:snippet mark snippets for pages and are left out.
//
// Not done: what one Example leaves behind for another, build constraints, assembly, and merging several packages. What cannot become a right program is a
// fault, reported as "path:line: what is wrong; what is valid".
package program

import (
	"fmt"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/source/syntax"
)

// A Set is the Examples of the packages that Load was asked for. Several goroutines may use it.
type Set struct {
	mu       sync.Mutex // what a declaration needs is noted when a program first reaches it
	dir      string     // absolute
	fset     *token.FileSet
	examples map[string]*example
}

// A Program is one Example as a complete package main.
type Program struct {
	Name      string         // such as gather.ExampleAll
	Source    []byte         // gofmt-ed
	Output    string         // the text of the output comment
	Unordered bool           // the comment says "Unordered output:"
	HasOutput bool           // there is an output comment, perhaps an empty one
	Pos       token.Position // of the Example; its file name is relative to the module root
	Warnings  []string       // path:line: what may let it print something else than the Example
}

// Names lists every Example, with or without output, in order.
func (s *Set) Names() []string {
	names := make([]string, 0, len(s.examples))
	for name := range s.examples {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Program returns the named Example as one program.
func (s *Set) Program(name string) (*Program, error) {
	ex, ok := s.examples[name]
	if !ok {
		return nil, fmt.Errorf("no Example %s; %s", name, finding.Valid(name, s.Names()))
	}
	if ex.external {
		return nil, s.fault(ex.decl.Pos(), "Example in package %s; put it into package %s itself, so that page and program show the same bytes",
			ex.pkg.types.Name(), strings.TrimSuffix(ex.pkg.types.Name(), "_test"))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	p := &Program{Name: name, Pos: s.position(ex.decl.Pos())}
	if out, ok := syntax.FindOutput(ex.decl.Body, ex.file.syntax.Comments); ok {
		p.Output, p.Unordered, p.HasOutput = out.Text, out.Unordered, true
	}
	if err := s.synthesize(ex, p); err != nil {
		return nil, err
	}
	return p, nil
}

// position is where pos stands, relative to the module root and in slashes.
func (s *Set) position(pos token.Pos) token.Position {
	p := s.fset.Position(pos)
	p.Filename = s.relative(p.Filename)
	return p
}

// relative shortens a path below the module root; others stay as they are.
func (s *Set) relative(path string) string {
	rel, err := filepath.Rel(s.dir, path)
	if err != nil || !filepath.IsLocal(rel) {
		return path
	}
	return filepath.ToSlash(rel)
}

// fault is an error at a place in the source.
func (s *Set) fault(pos token.Pos, format string, args ...any) error {
	p := s.position(pos)
	return fmt.Errorf("%s:%d: %s", p.Filename, p.Line, fmt.Sprintf(format, args...))
}
