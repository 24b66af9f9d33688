package source

import (
	"bytes"
	"slices"

	"github.com/awaitless/awaitless/internal/source/syntax"
)

// cut takes a range of a Go file: whole lines, without the //docs:snippet lines and the range
// drop, and without the indentation of its first line.
func (f *goFile) cut(s, drop span) (text []byte, lines []int) {
	for s.from > 0 && s.to > s.from && (f.src[s.from-1] == ' ' || f.src[s.from-1] == '\t') {
		s.from--
	}
	number := 1 + bytes.Count(f.src[:s.from], []byte("\n"))
	var indent []byte
	known, blanks, holes := false, 0, 0 // blanks and holes since the last line written
	for at := s.from; at < s.to; number++ {
		end := s.to
		if i := bytes.IndexByte(f.src[at:s.to], '\n'); i >= 0 {
			end = at + i
		}
		raw := f.inRaw(at)
		line, holed := f.visible(span{at, end}, drop)
		line = f.narrow(at, line)
		at = end + 1
		if !raw && len(bytes.TrimSpace(line)) == 0 {
			if holed {
				holes++
			} else {
				blanks++
			}
			continue // blank lines are written before the line that follows them
		}
		if holes > 0 {
			blanks = min(blanks, 1) // the blank lines around a hole become one
		}
		for ; blanks > 0 && len(text) > 0; blanks-- {
			text, lines = append(text, '\n'), append(lines, number-1)
		}
		blanks, holes = 0, 0
		if !raw {
			if !known {
				indent, known = line[:len(line)-len(bytes.TrimLeft(line, "\t "))], true
			}
			line = bytes.TrimPrefix(line, indent)
		}
		text, lines = append(append(text, line...), '\n'), append(lines, number)
	}
	return text, lines
}

// visible is a line without the parts that no reader sees; holed tells that there were any.
func (f *goFile) visible(s, drop span) (line []byte, holed bool) {
	line = f.src[s.from:s.to]
	hide := func(h span) {
		if h.from >= s.to || h.to <= s.from || h.from == h.to {
			return
		}
		lo, _ := syntax.CommentLine(f.src, h.from, h.to)
		line, holed = f.src[s.from:max(s.from, min(lo, s.from+len(line)))], true
	}
	hide(drop)
	for _, m := range f.marks {
		hide(m)
	}
	return line, holed
}

// narrow takes the alignment with other functions out of a line that begins at the offset.
func (f *goFile) narrow(at int, line []byte) []byte {
	for _, w := range slices.Backward(f.wide) {
		if at <= w.from && w.to <= at+len(line) {
			line = slices.Concat(line[:w.from-at], line[w.to-at:])
		}
	}
	return line
}

// inRaw reports whether the offset is inside a raw string, where white space is content.
func (f *goFile) inRaw(at int) bool {
	for _, r := range f.raw {
		if r.from < at && at < r.to {
			return true
		}
	}
	return false
}
