package page

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A Page is what a page holds, apart from how its prose is worded.
type Page struct {
	Front    map[string]any // the metadata before the text
	Blocks   []Block        // its fenced code, in order
	Headings []Heading      // in order
	Links    []string       // where its links and images go, in order
	Code     []Code         // in its sentences, in order
	Rows     []Row          // of its tables without their heads, in order
	Text     []byte         // what follows the metadata; its lines end with LF
	Line     int            // the first of the text

	meta   []byte // the metadata, as it is written
	starts []int  // in Text, of the headings
}

// A Block is a fence with what it says and holds.
type Block struct {
	Attrs
	Line    int    // of the opening fence
	Body    string // without the marks of the containers around it
	Follows bool   // nothing stands between it and the block before
}

// A Heading is one of the text, not of a block.
type Heading struct {
	Level  int
	Text   string // as it is read, without marks
	Anchor string // as the site links to it
}

// Parse reads a page. What is not closed, an info string that says nothing valid, and metadata
// that is no YAML are findings without a path.
func Parse(src []byte) (*Page, error) {
	src = bytes.ReplaceAll(bytes.TrimPrefix(src, bom), []byte("\r\n"), []byte("\n"))
	p := &Page{}
	var s Scanner
	if fault := s.Reset(src); fault != nil {
		return nil, fault
	}
	if err := p.front(src[:s.at]); err != nil {
		return nil, err
	}
	rest := s.at
	p.Text, p.Line = src[rest:], s.line
	for end := -1; ; {
		f, fault := s.Next()
		if fault != nil {
			return nil, fault
		}
		if f == nil {
			break
		}
		attrs, err := ParseInfo(f.Info)
		if err != nil {
			return nil, at(f.Line, err.Error())
		}
		follows := end >= 0 && len(bytes.Trim(src[end:f.Open], " \t\n>")) == 0
		p.Blocks = append(p.Blocks, Block{attrs, f.Line, s.content(), follows})
		end = f.Close + f.CloseLen
	}
	p.prose(src[rest:])
	return p, nil
}

func (p *Page) front(src []byte) error {
	lines := bytes.SplitAfter(bytes.TrimSpace(src), []byte("\n"))
	if len(lines) < 2 {
		return nil
	}
	p.meta = bytes.Join(lines[1:len(lines)-1], nil)
	if err := yaml.Unmarshal(p.meta, &p.Front); err != nil {
		return at(1, fmt.Sprintf("front matter is no YAML: %v", err))
	}
	return nil
}

// FrontLine is the line on which the metadata has a key, each below the one before it. What it
// does not have is said to stand where the last known one does, or on the first line.
func (p *Page) FrontLine(keys ...string) int {
	file, err := parser.ParseBytes(p.meta, 0)
	if err != nil || len(file.Docs) == 0 {
		return 1
	}
	line, node := 1, file.Docs[0].Body
	for _, key := range keys {
		values, ok := node.(ast.MapNode)
		if !ok {
			break
		}
		for each := values.MapRange(); each.Next(); {
			if token := each.Key().GetToken(); token.Value == key {
				line, node = token.Position.Line+1, each.Value()
				break
			}
		}
	}
	return line
}

// Section is the text from the heading with the anchor to the next one of its level or above, or
// nil.
func (p *Page) Section(anchor string) []byte {
	for i, h := range p.Headings {
		if h.Anchor != anchor {
			continue
		}
		for j := i + 1; j < len(p.Headings); j++ {
			if p.Headings[j].Level <= h.Level {
				return p.Text[p.starts[i]:p.starts[j]]
			}
		}
		return p.Text[p.starts[i]:]
	}
	return nil
}

// content is the body of the fence that Next gave last.
func (s *Scanner) content() string {
	var b strings.Builder
	for line := range bytes.Lines(s.page[s.fence.Body:s.fence.End]) {
		c := cursor{line: bytes.TrimRight(line, "\r\n")}
		for _, in := range s.stack {
			c.enter(in)
		}
		c.skip(s.fence.indent)
		for range c.rest {
			b.WriteByte(' ')
		}
		b.Write(c.line[c.at:])
		b.WriteByte('\n')
	}
	return b.String()
}

// Anchor is the anchor that the site gives a heading.
func Anchor(heading string) string {
	keep := func(r rune) rune {
		switch {
		case r == ' ':
			return '-'
		case r == '-', r == '_', unicode.IsLetter(r), unicode.IsDigit(r):
			return r
		}
		return -1
	}
	return strings.Map(keep, strings.ToLower(heading))
}

// Find is the block of a source, or nil.
func (p *Page) Find(kind, source string) *Block {
	for i, b := range p.Blocks {
		if b.Kind == kind && b.Source == source {
			return &p.Blocks[i]
		}
	}
	return nil
}
