package page

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// A Code is code in a sentence, between backquotes.
type Code struct {
	Text string
	Link string // where the link around it goes, or ""
}

// A Row is one of a table.
type Row []Cell

// A Cell is what a reader reads of it, with the code and the links in it.
type Cell struct {
	Text  string
	Code  []Code
	Links []string
}

// markdown parses as the site does, as far as pages use it.
var markdown = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

// Tree is the syntax of a text without metadata, as the site has it.
func Tree(src []byte) ast.Node { return markdown.Parse(text.NewReader(src)) }

// prose takes from the text what is not fenced.
func (p *Page) prose(src []byte) {
	doc := Tree(src)
	walk(doc, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Heading:
			words := TextOf(n, src)
			p.starts = append(p.starts, lineStart(n, src))
			p.Headings = append(p.Headings, Heading{n.Level, words, Anchor(words)})
		case *east.TableRow:
			p.Rows = append(p.Rows, rowOf(n, src))
		}
	})
	p.Links, p.Code = linksOf(doc, src), codeOf(doc, src)
}

// Plain is what a reader reads of a line of Markdown.
func Plain(line string) string {
	src := []byte(line)
	return TextOf(Tree(src), src)
}

func rowOf(n *east.TableRow, src []byte) (row Row) {
	for cell := n.FirstChild(); cell != nil; cell = cell.NextSibling() {
		row = append(row, Cell{TextOf(cell, src), codeOf(cell, src), linksOf(cell, src)})
	}
	return row
}

func linksOf(n ast.Node, src []byte) (links []string) {
	walk(n, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Link:
			links = append(links, string(n.Destination))
		case *ast.Image:
			links = append(links, string(n.Destination))
		case *ast.AutoLink:
			links = append(links, string(n.URL(src)))
		}
	})
	return links
}

func codeOf(n ast.Node, src []byte) (all []Code) {
	walk(n, func(n ast.Node) {
		if n.Kind() != ast.KindCodeSpan {
			return
		}
		code := Code{Text: TextOf(n, src)}
		for up := n.Parent(); up != nil; up = up.Parent() {
			if link, ok := up.(*ast.Link); ok {
				code.Link = string(link.Destination)
			}
		}
		all = append(all, code)
	})
	return all
}

// walk calls f for a node and for each below it.
func walk(n ast.Node, f func(ast.Node)) {
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			f(n)
		}
		return ast.WalkContinue, nil
	})
}

// lineStart is where the line of a heading begins.
func lineStart(n *ast.Heading, src []byte) int {
	if n.Lines().Len() == 0 {
		return 0 // a heading without words has no anchor to look for
	}
	return bytes.LastIndexByte(src[:n.Lines().At(0).Start], '\n') + 1
}

// TextOf is what a reader reads of a node.
func TextOf(n ast.Node, src []byte) string {
	var b strings.Builder
	walk(n, func(n ast.Node) {
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(src))
			if n.SoftLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(n.Value)
		}
	})
	return b.String()
}
