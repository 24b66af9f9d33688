package page

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/awaitless/awaitless/internal/finding"
)

// A rewrite replaces all that stands between an opening fence and the closing one that CommonMark
// finds for it. If the author forgot to close the fence, or a merge left its markers, that may be
// prose which stands nowhere else. So a body that looks like more than old code is not replaced:
// whoever wrote it has to say where the fence ends.

// Doubt words why the body of a fence must not be replaced by the block, or "". What the block
// holds too, such as the fences of a page about fences, raises no doubt.
func (f *Fence) Doubt(page, block []byte) string {
	var known map[string]int // how often a line stands in the block; made when first needed
	line := f.Line
	for rest := page[f.Body:f.End]; len(rest) > 0; {
		var text []byte
		text, rest, _ = bytes.Cut(rest, []byte("\n"))
		line++
		found := suspect(text, f)
		if found == notSuspect {
			continue
		}
		if known == nil {
			known = countLines(block)
		}
		if key := string(bare(text)); known[key] > 0 {
			known[key]--
			continue
		}
		return found.message(line)
	}
	return ""
}

// Swallowed words that a fence without a source holds an opening fence with one, which the reader
// of the page then sees as text; or it is "". A longer fence, or one of the other character, means
// it.
func (f *Fence) Swallowed(page []byte) string {
	body, line := page[f.Body:f.End], f.Line
	if !bytes.Contains(body, []byte(`="`)) {
		return ""
	}
	for rest := body; len(rest) > 0; {
		var text []byte
		text, rest, _ = bytes.Cut(rest, []byte("\n"))
		line++
		if text = bare(text); fenceRun(text) >= f.Size && text[0] == f.Char && managed.Match(text) {
			return seemsOpen.message(line)
		}
	}
	return ""
}

// A suspicion is why a body may hold more than code.
type suspicion int

const (
	notSuspect suspicion = iota
	seemsOpen
	inMerge
)

// message words the suspicion that a line raised.
func (s suspicion) message(line int) string {
	if s == inMerge {
		return fmt.Sprintf("body has a conflict marker in line %d; finish the merge first", line)
	}
	return fmt.Sprintf("fence seems not closed before line %d; close it where its code ends, or delete what is no code", line)
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
func suspect(line []byte, f *Fence) suspicion {
	text := bare(line)
	if len(text) == 0 {
		return notSuspect
	}
	switch text[0] {
	case '`', '~':
		c := cursor{line: bytes.TrimPrefix(line, f.Prefix)}
		n := opener(text)
		if managed.Match(text) || n > 0 && c.indent() <= 3 && n < len(text) && isLetter(text[n]) {
			return seemsOpen
		}
	case '#':
		if heading.Match(text) || isGo(f) && bytes.HasPrefix(text, []byte("# ")) {
			return seemsOpen
		}
	}
	if conflict.Match(bytes.TrimPrefix(line, f.Prefix)) {
		return inMerge
	}
	return notSuspect
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

func isGo(f *Fence) bool { return bytes.HasPrefix(f.Info, []byte("go ")) }

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

// Outside finds what must not stand outside of fences: the marker of a merge that is not finished,
// and a fence that only a CR sets apart from what stands before it, which no renderer of the site
// takes for a fence. A line of = alone is no marker: it makes a heading. from and to bound the
// part of the page to look at.
func Outside(page []byte, from, to int) *finding.Finding {
	line := 1 + bytes.Count(page[:from], []byte("\n"))
	for rest := page[from:to]; len(rest) > 0; line++ {
		var text []byte
		text, rest, _ = bytes.Cut(rest, []byte("\n"))
		if conflict.Match(text) && (text[0] == '<' || text[0] == '>') {
			return at(line, "conflict marker; finish the merge first")
		}
		_, hidden, _ := bytes.Cut(text, []byte("\r"))
		for _, part := range bytes.Split(hidden, []byte("\r")) {
			if managed.Match(bare(part)) {
				return at(line, "a fence after a CR alone; end lines with LF or CRLF")
			}
		}
	}
	return nil
}

// Suspicious is quick to say that a page holds nothing that Outside would find.
func Suspicious(page []byte) bool {
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
