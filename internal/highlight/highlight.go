// Package highlight colours code: it marks what a reader of the site tells apart at a glance.
// Comments are <i> and strings are <samp>, the shortest tags that fit, so that a page stays small.
// Keywords are coloured in the browser, without elements.
package highlight

import (
	"bytes"
	"go/scanner"
	"go/token"
	"strings"

	"github.com/awaitless/awaitless/internal/source/python"
)

// HTML is the code as HTML, with its comments and strings marked. A language that it does not know
// is escaped only.
func HTML(language, code string) string {
	var b strings.Builder
	done := 0
	for _, m := range joined(code, marks(language, []byte(code))) {
		tag := "samp"
		if m.Comment {
			tag = "i"
		}
		b.WriteString(escape(code[done:m.From]))
		b.WriteString("<" + tag + ">" + escape(code[m.From:m.To]) + "</" + tag + ">")
		done = m.To
	}
	b.WriteString(escape(code[done:]))
	return b.String()
}

// escape leaves quotes as they are: they harm nothing between tags.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace

// marks finds the comments and strings. A shell has those of Python, as far as pages show it.
func marks(language string, code []byte) []python.Mark {
	switch language {
	case "go":
		return goMarks(code)
	case "python", "sh":
		return python.Marks(code)
	}
	return nil
}

// goMarks reads tokens alone, since a page also shows parts of functions.
func goMarks(code []byte) (marks []python.Mark) {
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(code))
	s.Init(file, code, func(token.Position, string) {}, scanner.ScanComments)
	for {
		pos, tok, text := s.Scan()
		switch tok {
		case token.EOF:
			return marks
		case token.COMMENT, token.STRING, token.CHAR:
			from := file.Offset(pos)
			marks = append(marks, python.Mark{From: from, To: from + len(text), Comment: tok == token.COMMENT})
		}
	}
}

// joined makes one mark of neighbours of one kind with nothing but space between, as the lines of a
// comment are.
func joined(code string, marks []python.Mark) (all []python.Mark) {
	for _, m := range marks {
		if n := len(all) - 1; n >= 0 && all[n].Comment == m.Comment &&
			len(bytes.TrimSpace([]byte(code[all[n].To:m.From]))) == 0 {
			all[n].To = m.To
			continue
		}
		all = append(all, m)
	}
	return all
}
