package program

import (
	"go/ast"
	"regexp"
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
