package page

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A Span is where a link or image of a text is written. Offsets are into the text.
type Span struct {
	Dest       string
	Start, End int  // of the destination; or the end of the text, if it is defined elsewhere
	Defined    bool // elsewhere, as in [text][name]
}

// Spans finds the links and images of a text without metadata, in order, so that their
// destinations can be replaced. What stands in code, in HTML or between < and > is none.
func Spans(src []byte) []Span {
	found := &spanParser{src: src}
	md := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(found.among(parser.DefaultInlineParsers())...),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
	goldmark.New(goldmark.WithParser(md)).Parser().Parse(text.NewReader(src))
	return found.spans
}

// A spanParser is the parser of links, which notes where the end of each begins.
type spanParser struct {
	parser.InlineParser
	src   []byte
	spans []Span
}

// among puts the parser in the place of the one that it notes for.
func (p *spanParser) among(all []util.PrioritizedValue) []util.PrioritizedValue {
	for i, v := range all {
		inline, ok := v.Value.(parser.InlineParser)
		if ok && bytes.IndexByte(inline.Trigger(), ']') >= 0 {
			p.InlineParser = inline
			all[i].Value = p
		}
	}
	return all
}

// Parse notes a link or image when its text has ended.
func (p *spanParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, at := block.PeekLine()
	node := p.InlineParser.Parse(parent, block, pc)
	switch n := node.(type) {
	case *ast.Link:
		p.note(at.Start, n.Destination, n.Reference != nil)
	case *ast.Image:
		p.note(at.Start, n.Destination, n.Reference != nil)
	}
	return node
}

// CloseBlock ends what no ] has ended.
func (p *spanParser) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	if closer, ok := p.InlineParser.(parser.CloseBlocker); ok {
		closer.CloseBlock(parent, block, pc)
	}
}

// note takes the link whose ] stands at an offset. White space may stand before the destination,
// which ends with white space, with a ) that it has not opened, or with >.
func (p *spanParser) note(closed int, dest []byte, defined bool) {
	s := Span{string(dest), closed, closed, defined}
	if !defined {
		rest := p.src[closed+len("]("):]
		s.Start = len(p.src) - len(bytes.TrimLeft(rest, " \t\n>"))
		s.End = s.Start + destination(p.src[s.Start:])
		if p.src[s.Start] == '<' {
			s.Start++
		}
	}
	p.spans = append(p.spans, s)
}

// destination is the length of the destination that the text begins with.
func destination(src []byte) int {
	if src[0] == '<' {
		return bytes.IndexByte(src, '>')
	}
	depth := 0
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case ' ', '\t', '\n':
			return i
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return i
			}
		}
	}
	return len(src)
}
