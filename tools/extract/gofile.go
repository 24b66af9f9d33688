package main

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/scanner"
	"go/token"
	"strings"

	"github.com/awaitless/awaitless/internal/source/syntax"
)

// A goFile is what extract keeps of a Go file: its bytes and ranges in it, not its syntax tree.
type goFile struct {
	path  string
	src   []byte
	decls []*goDecl
	raw   []span // multi-line raw strings, whose lines must keep their indentation
	marks []span // //docs:snippet lines
	wide  []span // white space that aligns a function of one line with its neighbours
	stray []int  // lines of //docs:snippet comments outside of functions
	err   error  // it does not parse, or is not gofmt-ed
	told  bool   // a page has reported err
}

// A span is a range of bytes.
type span struct{ from, to int }

// A goDecl is something that a selector can name.
type goDecl struct {
	name    string // All, Type.Method, ExampleAll
	file    *goFile
	line    int
	shown   span // what a snippet fence shows; for an Example its body
	labels  []*label
	example bool
	output  *syntax.Output
	drop    span // the output comment
	seen    bool // a page shows it
}

// A label is one //docs:snippet line and the statement after it.
type label struct {
	name string
	line int
	stmt span // empty if there is none
	seen bool
}

// goParser parses and indexes Go files. It keeps its buffer from file to file.
type goParser struct {
	out bytes.Buffer
}

// parse indexes one file. A file that does not parse has no declarations.
func (p *goParser) parse(path string, src []byte) *goFile {
	src = syntax.LF(src)
	f := &goFile{path: path, src: src}
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		f.err = parseError(path, err)
		return f
	}
	x := &indexer{goFile: f, file: fset.File(syntax.FileStart), fset: fset, syntax: syntax}
	x.index()
	f.err = p.checkFormat(fset, syntax, f)
	return f
}

// parseError is the first error, with its place.
func parseError(path string, err error) error {
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return fmt.Errorf("%s:%d: does not parse: %s", path, list[0].Pos.Line, list[0].Msg)
	}
	return fmt.Errorf("%s: %w", path, err)
}

// normalizeNumbers is go/printer's mode bit for number literals, which has no name there but is
// part of what gofmt does.
const normalizeNumbers = 1 << 30

var gofmt = printer.Config{Mode: printer.UseSpaces | printer.TabIndent | normalizeNumbers, Tabwidth: 8}

// checkFormat compares the file with what gofmt would make of it, from the tree that is parsed
// already.
func (p *goParser) checkFormat(fset *token.FileSet, syntax *ast.File, f *goFile) error {
	ast.SortImports(fset, syntax)
	p.out.Reset()
	if err := gofmt.Fprint(&p.out, fset, syntax); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	if line := firstDifference(f.src, p.out.Bytes()); line > 0 {
		return fmt.Errorf("%s:%d: not gofmt-ed; run gofmt -w %s", f.path, line, f.path)
	}
	return nil
}

// firstDifference is the first line where the texts differ, or 0.
func firstDifference(a, b []byte) int {
	if bytes.Equal(a, b) {
		return 0
	}
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return 1 + bytes.Count(a[:n], []byte("\n"))
}

// parseText reports what checkFormat would, for Go that stands in another file. It says nothing
// of text that does not parse, which may be a part of a file.
func (p *goParser) parseText(path string, src []byte) error {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil
	}
	return p.checkFormat(fset, syntax, &goFile{path: path, src: src})
}

// labelName is the name that a //docs:snippet comment gives.
func labelName(c *ast.Comment) string {
	return strings.TrimSpace(strings.TrimPrefix(c.Text, syntax.Directive))
}
