package machines

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/awaitless/awaitless/internal/page"
)

// blocks are the top-level blocks of a page's text.
func (d *document) blocks() []ast.Node {
	var all []ast.Node
	for n := page.Tree(d.Text).FirstChild(); n != nil; n = n.NextSibling() {
		all = append(all, n)
	}
	return all
}

// A part is a second-level section of a page.
type part struct {
	heading string
	line    int
	blocks  []ast.Node
}

// parts are the second-level sections of a page, in order.
func (d *document) parts() []part {
	var all []part
	for _, n := range d.blocks() {
		if h, ok := n.(*ast.Heading); ok && h.Level <= 2 {
			if h.Level == 2 {
				all = append(all, part{d.plain(h), d.lineOf(h), nil})
			}
			continue
		}
		if len(all) > 0 {
			last := &all[len(all)-1]
			last.blocks = append(last.blocks, n)
		}
	}
	return all
}

// part finds a second-level section, which the skill needs.
func (d *document) part(heading string) (part, error) {
	for _, p := range d.parts() {
		if p.heading == heading {
			return p, nil
		}
	}
	return part{}, fault(d.path, d.Line, "no section %q, which the skill needs; write ## %s", heading, heading)
}

// lineOf is the line of the file on which a block begins.
func (d *document) lineOf(n ast.Node) int {
	if n.Lines().Len() == 0 {
		return d.Line
	}
	return d.Line + bytes.Count(d.Text[:n.Lines().At(0).Start], []byte("\n"))
}

// plain is what a block or a part of a line says, as Markdown that can stand anywhere: without links.
func (d *document) plain(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(c.Segment.Value(d.Text))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.CodeSpan:
			b.WriteString("`" + d.plain(c) + "`")
		case *ast.Emphasis:
			mark := strings.Repeat("*", c.Level)
			b.WriteString(mark + d.plain(c) + mark)
		case *ast.AutoLink:
			b.Write(c.URL(d.Text))
		case *ast.RawHTML: // a comment or a tag, which is nothing to read
		default:
			b.WriteString(d.plain(c))
		}
	}
	return b.String()
}

// bold splits a paragraph that begins with bold text; otherwise the claim is "".
func (d *document) bold(n ast.Node) (claim, rest string) {
	first, ok := n.FirstChild().(*ast.Emphasis)
	if n.Kind() != ast.KindParagraph || !ok || first.Level != 2 {
		return "", ""
	}
	whole := d.plain(n)
	claim = "**" + d.plain(first) + "**"
	return claim, strings.TrimSpace(strings.TrimPrefix(whole, claim))
}

// A row is one of a table, without the head.
type row struct {
	cells []string // what each says, without links
	links []string // where the links in the last cell go
}

// rows are those of a table.
func (d *document) rows(table ast.Node) []row {
	var rows []row
	for n := table.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != east.KindTableRow {
			continue
		}
		r := row{links: destinations(n.LastChild())}
		for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
			r.cells = append(r.cells, strings.ReplaceAll(d.plain(cell), "|", `\|`))
		}
		rows = append(rows, r)
	}
	return rows
}

// destinations are where the links in a node go.
func destinations(n ast.Node) []string {
	var found []string
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.Link); ok && entering {
			found = append(found, string(link.Destination))
		}
		return ast.WalkContinue, nil
	})
	return found
}

// sentences splits prose. A dot ends a sentence before white space, and not in code.
func sentences(prose string) []string {
	var all []string
	start, code := 0, false
	for i, r := range prose {
		switch {
		case r == '`':
			code = !code
		case r == '.' && !code && (i+1 == len(prose) || prose[i+1] == ' '):
			all = append(all, strings.TrimSpace(prose[start:i+1]))
			start = i + 1
		}
	}
	if rest := strings.TrimSpace(prose[start:]); rest != "" {
		all = append(all, rest)
	}
	return all
}

// pointing are words by which a sentence shows that it leans on its page: on a block, on a test.
var pointing = []string{
	"above", "below", "the test", "a test", "a bubble of", "this page", "this test", "next two",
}

// leans reports whether a text can be read only on its page.
func leans(text string) bool {
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	}), " ") + " "
	for _, word := range pointing {
		if strings.Contains(words, " "+word+" ") {
			return true
		}
	}
	return false
}

// alone is the part of prose that can stand without its page, at most so many sentences: none that
// leans on it, no name of a test between brackets, no colon at the end.
func alone(prose string, most int) string {
	var kept []string
	for _, s := range sentences(withoutTests(prose)) {
		if s = withoutLeaning(s); s != "" && len(kept) < most {
			kept = append(kept, s)
		}
	}
	text := strings.Join(kept, " ")
	if rest, ok := strings.CutSuffix(text, ":"); ok {
		text = rest + "."
	}
	return text
}

// withoutLeaning drops a sentence that leans on its page, or those of its clauses, set apart by
// semicolons, that do.
func withoutLeaning(sentence string) string {
	clauses := strings.Split(sentence, "; ")
	if leans(clauses[0]) {
		return ""
	}
	kept := clauses[:1]
	for _, clause := range clauses[1:] {
		if !leans(clause) {
			kept = append(kept, clause)
		}
	}
	text := strings.Join(kept, "; ")
	if len(kept) < len(clauses) && !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}

// withoutTests drops the names of tests between brackets: (`TestFirst`).
func withoutTests(prose string) string {
	for {
		before, rest, found := strings.Cut(prose, " (`Test")
		_, after, closed := strings.Cut(rest, "`)")
		if !found || !closed {
			return prose
		}
		prose = before + after
	}
}
