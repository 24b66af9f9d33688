package program

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"path/filepath"
	"strings"

	"github.com/awaitless/awaitless/internal/source/syntax"
)

// synthesize fills in the source of an Example's program, and warnings about it.
func (s *Set) synthesize(ex *example, p *Program) error {
	main := &unit{node: ex.decl.Body, file: ex.file}
	reached := ex.pkg.reach(main)
	units := []*unit{main}
	for _, u := range ex.pkg.units {
		if reached[u] {
			units = append(units, u)
		}
	}
	for _, u := range units {
		if err := s.checkUnit(u); err != nil {
			return err
		}
	}
	imports, err := s.imports(ex.pkg, units)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString("package main\n")
	writeImports(&b, imports)
	for _, u := range units[1:] {
		b.WriteString("\n")
		from, to := s.extent(u)
		s.cut(&b, u.file, from, to, nil)
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "\nfunc main() {\n%s\n}\n", s.body(ex))
	if err := ex.pkg.check(b.Bytes()); err != nil {
		return s.fault(ex.decl.Pos(), "its program does not compile: %v", err)
	}
	head := header(ex.pkg.prefix+"."+ex.decl.Name.Name, ex.pkg.release, imports)
	src, err := format.Source(append([]byte(head), b.Bytes()...))
	if err != nil {
		return s.fault(ex.decl.Pos(), "its program does not parse: %v", err)
	}
	p.Source, p.Warnings = src, s.warnings(ex, reached, imports, p.Output)
	return nil
}

// body is the text between the Example's braces, without its output comment.
func (s *Set) body(ex *example) []byte {
	var drop *ast.CommentGroup
	if out, ok := syntax.FindOutput(ex.decl.Body, ex.file.syntax.Comments); ok {
		drop = out.Comment
	}
	var b bytes.Buffer
	s.cut(&b, ex.file, ex.decl.Body.Lbrace+1, ex.decl.Body.Rbrace, drop)
	return bytes.TrimSpace(b.Bytes())
}

// checkUnit refuses a declaration that cannot stand in a package main of one file.
func (s *Set) checkUnit(u *unit) error {
	if u.file.cgo {
		if filepath.IsAbs(s.position(u.node.Pos()).Filename) {
			return nil // made by cgo, in its own folder; what uses it is the fault
		}
		return s.fault(u.node.Pos(), "reached through cgo; a program must be Go alone")
	}
	switch d := u.node.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil && d.Name.Name == "main" {
			return s.fault(d.Pos(), "declares main, which the program needs for itself; give it another name")
		}
		if d.Body == nil {
			return s.fault(d.Pos(), "%s has no body; a program must be Go alone", d.Name.Name)
		}
	case *ast.GenDecl:
		return s.checkGroup(d)
	}
	return nil
}

func (s *Set) checkGroup(d *ast.GenDecl) error {
	docs := []*ast.CommentGroup{d.Doc}
	for _, spec := range d.Specs {
		var names []*ast.Ident
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			names = []*ast.Ident{spec.Name}
		case *ast.ValueSpec:
			names, docs = spec.Names, append(docs, spec.Doc)
		}
		for _, name := range names {
			if name.Name == "main" {
				return s.fault(name.Pos(), "declares main, which the program needs for itself; give it another name")
			}
		}
	}
	for _, doc := range docs {
		if doc == nil {
			continue
		}
		for _, c := range doc.List {
			if strings.HasPrefix(c.Text, "//go:embed ") {
				return s.fault(c.Pos(), "embeds a file; a program must stand alone, so write the text as a constant")
			}
		}
	}
	return nil
}

// writeImports writes the standard library's imports, a blank line, and the others.
func writeImports(b *bytes.Buffer, imports []imported) {
	if len(imports) == 0 {
		return
	}
	b.WriteString("\nimport (\n")
	for _, std := range []bool{true, false} {
		for _, i := range imports {
			first, _, _ := strings.Cut(i.path, "/")
			if std != strings.Contains(first, ".") {
				fmt.Fprintf(b, "\t%s\n", i)
			}
		}
		b.WriteString("\n")
	}
	b.WriteString(")\n")
}

// extent is where a declaration begins and ends, with its doc comment and with a comment on
// its last line.
func (s *Set) extent(u *unit) (from, to token.Pos) {
	from, to = u.node.Pos(), u.node.End()
	var doc *ast.CommentGroup
	switch d := u.node.(type) {
	case *ast.FuncDecl:
		doc = d.Doc
	case *ast.GenDecl:
		doc = d.Doc
	}
	if doc != nil {
		from = doc.Pos()
	}
	return from, syntax.LineEnd(s.fset, u.file.syntax.Comments, to)
}

// cut writes the source from one position to another without the //docs:snippet lines and
// without the comment group drop.
func (s *Set) cut(b *bytes.Buffer, f *file, from, to token.Pos, drop *ast.CommentGroup) {
	tf := s.fset.File(from)
	at, end := tf.Offset(from), tf.Offset(to)
	for _, group := range f.syntax.Comments {
		for _, c := range group.List {
			if c.Pos() < from || c.End() > to || group != drop && !syntax.IsDirective(c) {
				continue
			}
			lo, hi := syntax.CommentLine(f.src, tf.Offset(c.Pos()), tf.Offset(c.End()))
			b.Write(f.src[at:max(at, lo)])
			at = max(at, min(hi, end))
		}
	}
	b.Write(f.src[at:end])
}
