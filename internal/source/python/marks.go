package python

import (
	"bytes"
	"unicode"
)

// A Mark is a comment or a string of a text.
type Mark struct {
	From, To int // in bytes; To is behind the last
	Comment  bool
}

// Marks finds the comments and the strings of a text, in order. A string begins with its prefix, as
// in f"…", and ends with its quote. It takes any text.
func Marks(src []byte) (marks []Mark) {
	for i := 0; i < len(src); i++ {
		switch src[i] {
		case '\\':
			i++
		case '#', '\'', '"':
			mark := Mark{From: i, To: markEnd(src, i), Comment: src[i] == '#'}
			if !mark.Comment {
				mark.From = prefixStart(src, i)
			}
			marks = append(marks, mark)
			i = mark.To - 1
		}
	}
	return marks
}

// prefixStart is the offset of the string whose quote is at i: at most two letters stand before it,
// and they are no end of a name.
func prefixStart(src []byte, i int) int {
	start := i
	for start > 0 && bytes.IndexByte([]byte("bBfFrRtTuU"), src[start-1]) >= 0 {
		start--
	}
	before := rune(' ')
	if start > 0 {
		before = rune(src[start-1])
	}
	if i-start > 2 || before == '_' || unicode.IsLetter(before) || unicode.IsDigit(before) {
		return i
	}
	return start
}

// markEnd is the offset behind the comment or the string that begins at i.
func markEnd(src []byte, i int) int {
	if src[i] == '#' {
		if n := bytes.IndexByte(src[i:], '\n'); n >= 0 {
			return i + n
		}
		return len(src)
	}
	quote := src[i : i+1]
	if triple := bytes.Repeat(quote, 3); bytes.HasPrefix(src[i:], triple) {
		quote = triple
	}
	for j := i + len(quote); j < len(src); j++ {
		switch {
		case src[j] == '\\':
			j++
		case bytes.HasPrefix(src[j:], quote):
			return j + len(quote)
		case src[j] == '\n' && len(quote) == 1:
			return j // not closed; Python will say so
		}
	}
	return len(src)
}
