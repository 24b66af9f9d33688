package page

import "bytes"

// A cursor walks through the white space at the start of a line, in columns. A tab reaches to
// the next multiple of four, and a container may take a part of one.
type cursor struct {
	line []byte // without its line ending
	at   int    // the next byte
	col  int    // its column
	rest int    // columns left of a tab that was taken in part
}

// indent counts the columns of white space from here.
func (c *cursor) indent() int {
	n := c.rest
	for _, b := range c.line[c.at:] {
		switch b {
		case ' ':
			n++
		case '\t':
			n += 4 - (c.col+n)%4
		default:
			return n
		}
	}
	return n
}

// skip takes that many columns of white space, or as many as there are.
func (c *cursor) skip(cols int) {
	for cols > 0 {
		if c.rest > 0 {
			n := min(c.rest, cols)
			c.rest, c.col, cols = c.rest-n, c.col+n, cols-n
			continue
		}
		if c.at == len(c.line) {
			return
		}
		switch c.line[c.at] {
		case ' ':
			c.at, c.col, cols = c.at+1, c.col+1, cols-1
		case '\t':
			c.rest = 4 - c.col%4
			c.at++
		default:
			return
		}
	}
}

// advance takes n bytes that are not white space.
func (c *cursor) advance(n int) {
	c.at += n
	c.col += n
}

func (c *cursor) blank() bool { return len(c.text()) == 0 }

// text is what follows the white space. It is asked of every line, and the loop is several times
// as quick as bytes.TrimLeft.
func (c *cursor) text() []byte {
	i := c.at
	for i < len(c.line) && (c.line[i] == ' ' || c.line[i] == '\t') {
		i++
	}
	return c.line[i:]
}

// A container is a block quote, or a list item with the columns its content is indented by.
type container struct {
	quote bool
	width int
	empty bool // a list item that began with a blank line; another one ends it
}

// enter takes the part of the line that belongs to the container, and reports whether the line
// is inside of it.
func (c *cursor) enter(in container) bool {
	indent := c.indent()
	if !in.quote {
		if c.blank() && in.empty {
			return false
		}
		if indent >= in.width {
			c.skip(in.width)
			return true
		}
		return c.blank()
	}
	if indent > 3 || len(c.text()) == 0 || c.text()[0] != '>' {
		return false
	}
	c.skip(indent)
	c.advance(1)
	c.skip(1)
	return true
}

// begin takes the marker of a block quote or list item that begins here. In a paragraph, only a
// list that starts with 1, or has no numbers, may begin, and not with an empty item.
func (c *cursor) begin(paragraph bool) (container, bool) {
	indent := c.indent()
	if indent > 3 {
		return container{}, false
	}
	text := c.text()
	if len(text) > 0 && text[0] == '>' {
		in := container{quote: true}
		return in, c.enter(in)
	}
	n := marker(text)
	if n == 0 || paragraph && (len(bytes.TrimSpace(text[n:])) == 0 || n > 1 && string(text[:n-1]) != "1") {
		return container{}, false
	}
	c.skip(indent)
	c.advance(n)
	space := c.indent()
	if c.blank() || space > 4 {
		space = 1 // the content begins one column on, with a blank line or with indented code
	}
	c.skip(space)
	return container{width: indent + n + space, empty: c.blank()}, true
}

// marker is the length of the list marker that the text begins with, or 0.
func marker(text []byte) int {
	n := 0
	for n < len(text) && n < 9 && '0' <= text[n] && text[n] <= '9' {
		n++
	}
	if n == len(text) {
		return 0
	}
	switch text[n] {
	case '.', ')':
		if n == 0 {
			return 0
		}
	case '-', '+', '*':
		if n > 0 || isBreak(text) {
			return 0
		}
	default:
		return 0
	}
	n++
	if n < len(text) && text[n] != ' ' && text[n] != '\t' {
		return 0
	}
	return n
}

// isParagraph reports whether the text begins or continues a paragraph: it is none of the blocks
// of one line, and no HTML.
func isParagraph(text []byte) bool {
	if len(text) == 0 || text[0] == '<' || opener(text) > 0 {
		return false
	}
	switch text[0] {
	case '#':
		rest := bytes.TrimLeft(text, "#")
		return len(text)-len(rest) > 6 || len(rest) > 0 && rest[0] != ' ' && rest[0] != '\t'
	case '-', '*', '_':
		return !isBreak(text)
	}
	return true
}

// isUnderline reports whether the text makes a heading of the paragraph above.
func isUnderline(text []byte) bool {
	text = bytes.TrimRight(text, " \t")
	return len(bytes.TrimLeft(text, "=")) == 0 || len(bytes.TrimLeft(text, "-")) == 0
}

// isBreak reports whether the text is a thematic break such as "* * *".
func isBreak(text []byte) bool {
	n := 0
	for _, b := range text {
		switch b {
		case text[0]:
			n++
		case ' ', '\t':
		default:
			return false
		}
	}
	return n >= 3
}
