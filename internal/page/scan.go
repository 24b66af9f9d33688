// Package page is the one grammar of a page: its fenced code blocks, with what their info strings
// say, as CommonMark and the site's own rules have them.
//
// It knows as much of CommonMark as that needs: front matter, block quotes, list items, HTML
// comments and fences. An info string is LANG {key="value" ...}; see Attrs.
package page

import (
	"bytes"

	"github.com/awaitless/awaitless/internal/finding"
)

// A Fence is one fenced code block of a page. Offsets are into the page.
type Fence struct {
	Line     int    // of the opening fence
	Prefix   []byte // what a body line begins with, for the containers around it
	Char     byte   // ` or ~
	Open     int    // where the opening run begins
	Size     int    // its length
	Info     []byte // what follows it, trimmed
	EOL      string // how its line ends
	Body     int    // where the body begins
	End      int    // where the line of the closing fence begins
	Close    int    // where the closing run begins
	CloseLen int    // its length
	indent   int    // of the opening fence inside its containers
}

// A Scanner finds the fences of a page, one after the other.
type Scanner struct {
	page  []byte
	at    int // where the next line begins
	line  int // its number
	stack []container
	text  bool // the last line was of a paragraph, which the next may continue
	fence Fence
}

var bom = []byte("\ufeff")

// Reset starts the scanner on a page. The scanner keeps its memory from page to page. A construct
// that is not closed is a finding without a path, here and from Next.
func (s *Scanner) Reset(page []byte) *finding.Finding {
	s.page, s.at, s.line, s.stack, s.text = page, 0, 1, s.stack[:0], false
	if bytes.HasPrefix(page, bom) {
		s.at = len(bom)
	}
	return s.frontMatter()
}

// frontMatter skips the metadata between --- or +++ lines at the start of a page.
func (s *Scanner) frontMatter() *finding.Finding {
	mark := bytes.TrimRight(s.peek(), " \t")
	if string(mark) != "---" && string(mark) != "+++" {
		return nil
	}
	s.next()
	for s.at < len(s.page) {
		if line, _ := s.next(); bytes.Equal(bytes.TrimRight(line, " \t"), mark) {
			return nil
		}
	}
	return at(1, "front matter is not closed; end it with "+string(mark))
}

// peek is the next line without its ending.
func (s *Scanner) peek() []byte {
	line := s.page[s.at:]
	if i := bytes.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	return bytes.TrimSuffix(line, []byte("\r"))
}

// next takes a line and returns it with its ending apart.
func (s *Scanner) next() (line []byte, eol string) {
	start := s.at
	i := bytes.IndexByte(s.page[start:], '\n')
	s.line++
	if i < 0 {
		s.at = len(s.page)
		return bytes.TrimSuffix(s.page[start:], []byte("\r")), ""
	}
	s.at = start + i + 1
	if i > 0 && s.page[start+i-1] == '\r' {
		return s.page[start : start+i-1], "\r\n"
	}
	return s.page[start : start+i], "\n"
}

// Next goes on to the next fence. It returns nil, nil at the end of the page. The fence is valid
// until the next call.
func (s *Scanner) Next() (*Fence, *finding.Finding) {
	for s.at < len(s.page) {
		start, number := s.at, s.line
		line, eol := s.next()
		c := cursor{line: line}
		lazy := s.containers(&c)
		text := c.text()
		if c.indent() > 3 {
			s.text = s.text && len(text) > 0 // or else it is indented code
			continue
		}
		s.text = isParagraph(text) && (lazy || !s.text || !isUnderline(text))
		if bytes.HasPrefix(text, []byte("<!--")) {
			if fault := s.comment(text, number); fault != nil {
				return nil, fault
			}
			continue
		}
		if n := opener(text); n > 0 {
			s.fence = Fence{
				Line: number, Prefix: s.fence.Prefix[:0], Char: text[0], Size: n,
				Open: start + len(line) - len(text),
				Info: bytes.TrimSpace(text[n:]), EOL: eol, Body: s.at, indent: c.indent(),
			}
			s.setPrefix(c.indent())
			return s.closeFence()
		}
	}
	return nil, nil
}

// Depth is how many containers, quotes and list items, are around what was read last.
func (s *Scanner) Depth() int { return len(s.stack) }

// containers leaves those that the line is not inside of, and enters those that begin on it. A
// lazy line leaves none: it goes on with a paragraph although it lacks the marks of a container.
func (s *Scanner) containers(c *cursor) (lazy bool) {
	depth := 0
	for ; depth < len(s.stack); depth++ {
		before := *c
		if !c.enter(s.stack[depth]) {
			*c = before
			break
		}
		s.stack[depth].empty = s.stack[depth].empty && c.blank()
	}
	inside := depth == len(s.stack)
	before := *c
	_, begins := c.begin(s.text && inside)
	if !inside && s.text && !begins && (c.indent() > 3 || isParagraph(c.text())) && !c.blank() {
		return true
	}
	*c = before
	s.stack = s.stack[:depth]
	s.text = s.text && inside && !begins
	for {
		in, ok := c.begin(s.text)
		if !ok {
			return false
		}
		s.stack = append(s.stack, in)
	}
}

// inside reports whether the next line is inside all containers, and where its text begins.
func (s *Scanner) inside() (cursor, bool) {
	c := cursor{line: s.peek()}
	for _, in := range s.stack {
		if !c.enter(in) {
			return c, false
		}
	}
	return c, true
}

// comment skips an HTML comment, which ends with the line that holds the end mark.
func (s *Scanner) comment(text []byte, number int) *finding.Finding {
	for !bytes.Contains(text, []byte("-->")) {
		if s.at == len(s.page) {
			return at(number, "HTML comment is not closed; end it with -->")
		}
		c, ok := s.inside()
		if !ok {
			return nil
		}
		text = c.text()
		s.next()
	}
	return nil
}

// opener is the length of the opening fence that the text begins with, or 0.
func opener(text []byte) int {
	n := fenceRun(text)
	if n < 3 || text[0] == '`' && bytes.IndexByte(text[n:], '`') >= 0 {
		return 0
	}
	return n
}

// fenceRun is how often the text repeats its first character, if that is ` or ~.
func fenceRun(text []byte) int {
	if len(text) == 0 || text[0] != '`' && text[0] != '~' {
		return 0
	}
	n := 1
	for n < len(text) && text[n] == text[0] {
		n++
	}
	return n
}

// setPrefix makes the prefix of body lines: the mark of each quote, and spaces for each list item
// and for the indentation of the fence itself. Columns decide what a line belongs to, so neither
// the tabs of the opening line nor its ">" without a space will do: a tab at the start of a body
// line would lose a column.
func (s *Scanner) setPrefix(indent int) {
	for _, in := range s.stack {
		if in.quote {
			s.fence.Prefix = append(s.fence.Prefix, "> "...)
		} else {
			s.fence.Prefix = appendSpaces(s.fence.Prefix, in.width)
		}
	}
	s.fence.Prefix = appendSpaces(s.fence.Prefix, indent)
}

func appendSpaces(out []byte, n int) []byte {
	for ; n > 0; n-- {
		out = append(out, ' ')
	}
	return out
}

// closeFence finds the end of the fence that was just opened.
func (s *Scanner) closeFence() (*Fence, *finding.Finding) {
	f := &s.fence
	for s.at < len(s.page) {
		c, ok := s.inside()
		if !ok {
			break
		}
		f.End = s.at
		line, _ := s.next()
		text := c.text()
		n := fenceRun(text)
		if n >= f.Size && text[0] == f.Char && c.indent() <= 3 && len(bytes.TrimRight(text[n:], " \t")) == 0 {
			f.Close, f.CloseLen = f.End+len(line)-len(text), n
			return f, nil
		}
	}
	return nil, at(f.Line, "fence is not closed; end it with "+string(bytes.Repeat([]byte{f.Char}, f.Size)))
}

// at is a finding on a line of the page.
func at(line int, msg string) *finding.Finding {
	return &finding.Finding{At: finding.At("", line), Msg: msg}
}
