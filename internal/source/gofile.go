package source

import (
	"bytes"
	"errors"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/scanner"
	"go/token"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/source/syntax"
)

// A goFile is what is kept of a Go file: its bytes and ranges in it, not its syntax tree.
type goFile struct {
	path  string
	src   []byte
	decls []*goDecl
	raw   []span           // multi-line raw strings, whose lines must keep their indentation
	marks []span           // //docs:snippet lines
	wide  []span           // white space that aligns a function of one line with its neighbours
	stray []int            // lines of //docs:snippet comments outside of functions
	err   *finding.Finding // it does not parse, or is not gofmt-ed
	told  bool             // err was reported
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
	seen    bool // it was resolved
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
	tree, err := parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		f.err = parseError(path, err)
		return f
	}
	x := &indexer{goFile: f, file: fset.File(tree.FileStart), fset: fset, tree: tree}
	x.index()
	f.err = p.checkFormat(fset, tree, f)
	return f
}

// parseError is the first error, with its place.
func parseError(path string, err error) *finding.Finding {
	var list scanner.ErrorList
	if errors.As(err, &list) && len(list) > 0 {
		return &finding.Finding{At: finding.At(path, list[0].Pos.Line), Msg: "does not parse: " + list[0].Msg}
	}
	return &finding.Finding{At: finding.At(path, 0), Msg: err.Error()}
}

// normalizeNumbers is go/printer's mode bit for number literals, which has no name there but is
// part of what gofmt does.
const normalizeNumbers = 1 << 30

var gofmt = printer.Config{Mode: printer.UseSpaces | printer.TabIndent | normalizeNumbers, Tabwidth: 8}

// checkFormat compares the file with what gofmt would make of it, from the tree that is parsed
// already.
func (p *goParser) checkFormat(fset *token.FileSet, tree *ast.File, f *goFile) *finding.Finding {
	ast.SortImports(fset, tree)
	p.out.Reset()
	if err := gofmt.Fprint(&p.out, fset, tree); err != nil {
		return &finding.Finding{At: finding.At(f.path, 0), Msg: err.Error()}
	}
	if line := firstDifference(f.src, p.out.Bytes()); line > 0 {
		return &finding.Finding{At: finding.At(f.path, line), Msg: "not gofmt-ed; run gofmt -w " + f.path}
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

// formatted reports whether Go that stands in another file is as gofmt writes it. So is text that
// does not parse, which may be a part of a file.
func (p *goParser) formatted(path string, src []byte) bool {
	fset := token.NewFileSet()
	tree, err := parser.ParseFile(fset, path, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return true
	}
	return p.checkFormat(fset, tree, &goFile{path: path, src: src}) == nil
}

// labelName is the name that a //docs:snippet comment gives.
func labelName(c *ast.Comment) string {
	return strings.TrimSpace(strings.TrimPrefix(c.Text, syntax.Directive))
}
