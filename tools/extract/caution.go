package main

import (
	"bytes"
	"regexp"
)

// A rewrite replaces all that stands between an opening fence and the closing one that CommonMark
// finds for it. If the author forgot to close the fence, or a merge left its markers, that may be
// prose which stands nowhere else. So a body that looks like more than old code is not replaced:
// whoever wrote it has to say where the fence ends.

// doubtful reports a body that must not be replaced by the block. What the block holds too, such
// as the fences of a page about fences, raises no doubt.
func (p *pages) doubtful(name string, f *fence, b *block) bool {
	var known map[string]int // how often a line stands in the block; made when first needed
	line := f.line
	for rest := p.page[f.body:f.end]; len(rest) > 0; {
		var text []byte
		text, rest, _ = bytes.Cut(rest, []byte("\n"))
		line++
		found := suspect(text, f)
		if found == notSuspect {
			continue
		}
		if known == nil {
			known = countLines(b.text)
		}
		if key := string(bare(text)); known[key] > 0 {
			known[key]--
			continue
		}
		p.report.fault(name, f.line, found.message(), line)
		return true
	}
	return false
}

// swallows reports a fence without a source that holds an opening fence with one, which the
// reader of the page then sees as text. A longer fence, or one of the other character, means it.
func (p *pages) swallows(name string, f *fence) {
	body, line := p.page[f.body:f.end], f.line
	if !bytes.Contains(body, []byte(`="`)) {
		return
	}
	for rest := body; len(rest) > 0; {
		var text []byte
		text, rest, _ = bytes.Cut(rest, []byte("\n"))
		line++
		if text = bare(text); fenceRun(text) >= f.size && text[0] == f.char && managed.Match(text) {
			p.report.fault(name, f.line, seemsOpen.message(), line)
			return
		}
	}
}

// A suspicion is why a body may hold more than code.
type suspicion int

const (
	notSuspect suspicion = iota
	seemsOpen
	inMerge
)

// message words the suspicion, for the number of the line that raised it.
func (s suspicion) message() string {
	if s == inMerge {
		return "body has a conflict marker in line %d; finish the merge first"
	}
	return "fence seems not closed before line %d; close it where its code ends, or delete what is no code"
}

var (
	// managed is what an opening fence with a source looks like, whatever its source.
	managed = regexp.MustCompile("^(```+|~~~+)[^\n]*\\{[^\n]*[a-z]+=\"")
	// conflict is a line that git writes into a file which it cannot merge.
	conflict = regexp.MustCompile(`^(<{7}|={7}|>{7}|\|{7})( |\r?$)`)
	// heading is one of a page. A single # begins a comment in Python and a line of go's output.
	heading = regexp.MustCompile(`^#{2,6}[ \t]+\S`)
)

// suspect tells whether a line of a body looks like one of the page around it.
func suspect(line []byte, f *fence) suspicion {
	text := bare(line)
	if len(text) == 0 {
		return notSuspect
	}
	switch text[0] {
	case '`', '~':
		c := cursor{line: bytes.TrimPrefix(line, f.prefix)}
		n := opener(text)
		if managed.Match(text) || n > 0 && c.indent() <= 3 && n < len(text) && isLetter(text[n]) {
			return seemsOpen
		}
	case '#':
		if heading.Match(text) || isGo(f) && bytes.HasPrefix(text, []byte("# ")) {
			return seemsOpen
		}
	}
	if conflict.Match(bytes.TrimPrefix(line, f.prefix)) {
		return inMerge
	}
	return notSuspect
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isGo(f *fence) bool { return bytes.HasPrefix(f.info, []byte("go ")) }

// bare is a line without the marks of containers, and without white space at its ends.
func bare(line []byte) []byte {
	line = bytes.TrimSpace(line)
	for len(line) > 0 {
		n := marker(line)
		if line[0] == '>' && !conflict.Match(line) {
			n = 1
		}
		if n == 0 {
			break
		}
		line = bytes.TrimSpace(line[n:])
	}
	return line
}

func countLines(text []byte) map[string]int {
	count := map[string]int{}
	for line := range bytes.Lines(text) {
		count[string(bare(line))]++
	}
	return count
}

// between reports what must not stand outside of fences: the marker of a merge that is not
// finished, and a fence that only a CR sets apart from what stands before it, which no renderer
// of the site takes for a fence. A line of = alone is no marker: it makes a heading.
func (p *pages) between(name string, from, to int) {
	line := 1 + bytes.Count(p.page[:from], []byte("\n"))
	for rest := p.page[from:to]; len(rest) > 0; line++ {
		var text []byte
		text, rest, _ = bytes.Cut(rest, []byte("\n"))
		if conflict.Match(text) && (text[0] == '<' || text[0] == '>') {
			p.report.fault(name, line, "conflict marker; finish the merge first")
			return
		}
		_, hidden, _ := bytes.Cut(text, []byte("\r"))
		for _, part := range bytes.Split(hidden, []byte("\r")) {
			if managed.Match(bare(part)) {
				p.report.fault(name, line, "a fence after a CR alone; end lines with LF or CRLF")
				return
			}
		}
	}
}

// suspicious is quick to say that a page holds nothing that between would report.
func suspicious(page []byte) bool {
	if bytes.Contains(page, []byte("<<<<<<< ")) || bytes.Contains(page, []byte(">>>>>>> ")) {
		return true
	}
	for {
		i := bytes.IndexByte(page, '\r')
		if i < 0 || i+1 == len(page) {
			return false
		}
		if page[i+1] != '\n' {
			return true
		}
		page = page[i+2:]
	}
}
