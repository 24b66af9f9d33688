package source

import (
	"bytes"
	"fmt"

	"github.com/awaitless/awaitless/internal/finding"
)

// maxWidth is how wide code may be, so that it fits beside Python and on a phone.
const maxWidth = 72

// A Block is what the body of a fence should be.
type Block struct {
	Text      []byte // whole lines, ended by LF
	At        finding.Position
	Unordered bool             // it is an output whose order is not fixed
	Wide      *finding.Finding // the first line that is too wide for code, or nil

	lang   string // the language that the fence must name, or ""
	ticks  int    // the longest run of ` in the text
	tildes int    // of ~
}

// NewBlock is a block of a text that stands nowhere else, such as a recording. at is where a
// reader should look for what made it.
func NewBlock(text []byte, at finding.Position) *Block {
	return newBlock(text, at, "", func(int) int { return at.Line })
}

// newBlock measures a text; line gives the number of its nth line in the source.
func newBlock(text []byte, at finding.Position, lang string, line func(n int) int) *Block {
	b := &Block{Text: text, At: at, lang: lang}
	b.measure(line)
	return b
}

// LongestRun is the length of the longest run in the text of a character that a fence is made of, ` or ~.
func (b *Block) LongestRun(char byte) int {
	if char == '~' {
		return b.tildes
	}
	return b.ticks
}

// measure notes the longest fence runs, and the first line that is too wide. line gives the
// number of the nth line in the source.
func (b *Block) measure(line func(n int) int) {
	n, run, cols := 0, 0, 0
	wide := false
	for i, c := range b.Text {
		if i > 0 && b.Text[i-1] != c {
			run = 0
		}
		switch c {
		case '`':
			run++
			b.ticks = max(b.ticks, run)
		case '~':
			run++
			b.tildes = max(b.tildes, run)
		}
		switch {
		case c == '\n':
			if wide {
				b.tooWide(line(n), cols)
				wide = false
			}
			n, cols = n+1, 0
		case c == '\t':
			cols += 4 - cols%4
		case c&0xC0 != 0x80: // not the rest of a rune
			cols++
		}
		wide = wide || cols > maxWidth && b.Wide == nil
	}
}

func (b *Block) tooWide(line, cols int) {
	b.Wide = &finding.Finding{
		At:  finding.At(b.At.Path, line),
		Msg: fmt.Sprintf("is %d columns wide; at most %d fit beside Python", cols, maxWidth),
	}
}

// wholeLines ends a text that is not empty with exactly one line ending.
func wholeLines(text []byte) []byte {
	text = bytes.TrimRight(text, "\n")
	if len(text) == 0 {
		return nil
	}
	return append(text[:len(text):len(text)], '\n')
}
