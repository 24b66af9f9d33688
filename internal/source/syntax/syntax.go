// Package syntax is what pages and whole programs read of Go beyond the language: Examples, the
// output that they promise, //docs:snippet lines, and which comments belong to what they show.
package syntax

import (
	"bytes"
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Directive begins a comment line that names the statement after it, so that a page can show
// it. No reader sees such a line.
const Directive = "//docs:snippet"

// IsDirective reports whether the comment is a //docs:snippet line.
func IsDirective(c *ast.Comment) bool {
	rest, ok := strings.CutPrefix(c.Text, Directive)
	return ok && (rest == "" || rest[0] == ' ' || rest[0] == '\t')
}

// IsExample reports whether go test takes the function as an Example.
func IsExample(d *ast.FuncDecl) bool {
	rest, ok := strings.CutPrefix(d.Name.Name, "Example")
	if !ok || d.Recv != nil || d.Body == nil {
		return false
	}
	if d.Type.Params.NumFields() > 0 || d.Type.Results.NumFields() > 0 || d.Type.TypeParams.NumFields() > 0 {
		return false
	}
	first, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !unicode.IsLower(first)
}

// An Output is what an Example promises to print.
type Output struct {
	Text      string // as go test reads it, without blank lines at either end
	Unordered bool
	Comment   *ast.CommentGroup
}

var outputStart = regexp.MustCompile(`(?i)^\s*(unordered )?output:[ ]*`)

// FindOutput finds the output comment of an Example: as in go test it is the last comment of
// the body or none.
func FindOutput(body *ast.BlockStmt, comments []*ast.CommentGroup) (Output, bool) {
	var last *ast.CommentGroup
	for _, c := range comments {
		if c.Pos() >= body.Pos() && c.End() <= body.End() {
			last = c
		}
	}
	if last == nil {
		return Output{}, false
	}
	text := last.Text()
	m := outputStart.FindStringSubmatchIndex(text)
	if m == nil {
		return Output{}, false
	}
	lines := strings.TrimRightFunc(text[m[1]:], unicode.IsSpace)
	return Output{strings.TrimLeft(lines, "\n"), m[2] >= 0, last}, true
}

// LineEnd moves to, the end of a node, behind the comments that follow on the same line.
func LineEnd(fset *token.FileSet, comments []*ast.CommentGroup, to token.Pos) token.Pos {
	line := fset.PositionFor(to, false).Line
	i, _ := slices.BinarySearchFunc(comments, to, func(c *ast.CommentGroup, to token.Pos) int { return int(c.Pos() - to) })
	for ; i < len(comments) && fset.PositionFor(comments[i].Pos(), false).Line == line; i++ {
		to = comments[i].End()
	}
	return to
}

// CommentLine widens the range of a comment to its whole line when nothing else stands on that
// line, and otherwise to the white space before it.
func CommentLine(src []byte, lo, hi int) (int, int) {
	for lo > 0 && (src[lo-1] == ' ' || src[lo-1] == '\t') {
		lo--
	}
	if (lo == 0 || src[lo-1] == '\n') && hi < len(src) && src[hi] == '\n' {
		hi++
	}
	return lo, hi
}

// LF ends the lines of a file with LF alone. Git may write CRLF on Windows.
func LF(src []byte) []byte {
	if !bytes.Contains(src, []byte("\r\n")) {
		return src
	}
	return bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))
}
