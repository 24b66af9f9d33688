package content

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/awaitless/awaitless/internal/page"
)

// Nodes are the top-level blocks of a page's text.
func (d *Document) Nodes() []ast.Node {
	var all []ast.Node
	for n := page.Tree(d.Text).FirstChild(); n != nil; n = n.NextSibling() {
		all = append(all, n)
	}
	return all
}

// A Part is a second-level section of a page.
type Part struct {
	Heading string
	Nodes   []ast.Node
	line    int
}

// Parts are the second-level sections of a page, in order.
func (d *Document) Parts() []Part {
	var all []Part
	for _, n := range d.Nodes() {
		if h, ok := n.(*ast.Heading); ok && h.Level <= 2 {
			if h.Level == 2 {
				all = append(all, Part{d.Plain(h), nil, d.LineOf(h)})
			}
			continue
		}
		if len(all) > 0 {
			last := &all[len(all)-1]
			last.Nodes = append(last.Nodes, n)
		}
	}
	return all
}

// Part finds a second-level section, which the skill needs.
func (d *Document) Part(heading string) (Part, error) {
	for _, p := range d.Parts() {
		if p.Heading == heading {
			return p, nil
		}
	}
	return Part{}, Fault(d.Path, d.Line, "no section %q, which the skill needs; write ## %s", heading, heading)
}

// LineOf is the line of the file on which a block begins.
func (d *Document) LineOf(n ast.Node) int {
	if n.Lines().Len() == 0 {
		return d.Line
	}
	return d.Line + bytes.Count(d.Text[:n.Lines().At(0).Start], []byte("\n"))
}

// Plain is what a block or a part of a line says, as Markdown that can stand anywhere: without links.
func (d *Document) Plain(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(c.Segment.Value(d.Text))
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.CodeSpan:
			b.WriteString("`" + d.Plain(c) + "`")
		case *ast.Emphasis:
			mark := strings.Repeat("*", c.Level)
			b.WriteString(mark + d.Plain(c) + mark)
		case *ast.AutoLink:
			b.Write(c.URL(d.Text))
		case *ast.RawHTML: // a comment or a tag, which is nothing to read
		default:
			b.WriteString(d.Plain(c))
		}
	}
	return b.String()
}

// A Row is one of a table, without the head.
type Row struct {
	Cells []string // what each says, without links
	Links []string // where the links in the last cell go
}

// Rows are those of a table.
func (d *Document) Rows(table ast.Node) []Row {
	var rows []Row
	for n := table.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Kind() != east.KindTableRow {
			continue
		}
		r := Row{Links: destinations(n.LastChild())}
		for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
			r.Cells = append(r.Cells, strings.ReplaceAll(d.Plain(cell), "|", `\|`))
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
