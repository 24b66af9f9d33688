// Package python finds the top-level definitions of a Python file by its layout alone, without
// Python.
package python

import (
	"bytes"
	"fmt"
	"path"

	"github.com/awaitless/awaitless/internal/finding"
)

// A File is a Python file and its top-level definitions.
type File struct {
	Path string // from the root of the repository, with slashes
	Text []byte // its lines end with LF
	defs []definition
}

// A definition is a def, async def or class in column 0, with its decorators and the comment lines
// directly before it.
type definition struct {
	name     string
	line     int // of the def
	from, to int // first line, and the line after the last, both from 0
}

// Parse finds the definitions: which lines begin a statement in column 0. It takes any text.
func Parse(path string, src []byte) *File {
	f := &File{Path: path, Text: bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n"))}
	lines := bytes.Split(bytes.TrimRight(f.Text, "\n"), []byte("\n"))
	tops := topLevel(f.Text)
	isTop := map[int]bool{}
	for _, n := range tops {
		isTop[n] = true
	}
	for i, n := range tops {
		name := defName(lines[n])
		if name == "" {
			continue
		}
		d := definition{name: name, line: n + 1, from: n, to: len(lines)}
		if i+1 < len(tops) {
			d.to = tops[i+1]
		}
		d.from = startOf(lines, tops[:i], n)
		for d.to > d.from && isGap(lines[d.to-1]) {
			d.to--
		}
		f.defs = append(f.defs, d)
	}
	return f
}

// isGap reports whether the line can only lead to the next statement.
func isGap(line []byte) bool {
	return len(bytes.TrimSpace(line)) == 0 || line[0] == '#'
}

// startOf goes up from the line of a def over its decorators, which blank lines may follow, and
// over comment lines.
func startOf(lines [][]byte, tops []int, n int) int {
	for {
		for n > 0 && bytes.HasPrefix(lines[n-1], []byte("#")) && !bytes.HasPrefix(lines[n-1], []byte("#!")) {
			n--
		}
		if len(tops) == 0 {
			return n
		}
		last := tops[len(tops)-1]
		if lines[last][0] != '@' {
			return n
		}
		n, tops = last, tops[:len(tops)-1]
	}
}

// defName is the name that a line in column 0 defines, or "".
func defName(line []byte) string {
	words := bytes.Fields(line)
	if len(words) > 0 && string(words[0]) == "async" {
		words = words[1:]
	}
	if len(words) < 2 || string(words[0]) != "def" && string(words[0]) != "class" {
		return ""
	}
	name, _, _ := bytes.Cut(words[1], []byte("("))
	name, _, _ = bytes.Cut(name, []byte(":"))
	name, _, _ = bytes.Cut(name, []byte("["))
	return string(name)
}

// topLevel lists the lines, from 0, where a statement begins in column 0: not blank, not a
// comment, and not inside of brackets, a string, or a line that a backslash continues.
func topLevel(src []byte) (tops []int) {
	line, depth := 0, 0
	start := true // of a line that begins a statement
	for i := 0; i < len(src); i++ {
		c := src[i]
		if start && c != '\n' && c != '#' && c != ' ' && c != '\t' && c != ')' {
			tops = append(tops, line)
		}
		start = false
		switch c {
		case '\n':
			line++
			start = depth == 0
		case '\\':
			if i+1 < len(src) && src[i+1] == '\n' {
				line++
				i++
			}
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			depth = max(0, depth-1)
		case '#', '\'', '"':
			end := markEnd(src, i)
			line += bytes.Count(src[i:end], []byte("\n"))
			i = end - 1
		}
	}
	return tops
}

// Find cuts the named definition out, and tells its first line. Without a name it is the whole file.
func (f *File) Find(name string) (text []byte, line int, err error) {
	if name == "" {
		return f.Text, 1, nil
	}
	var hit []definition
	var names []string
	for _, d := range f.defs {
		names = append(names, d.name)
		if d.name == name {
			hit = append(hit, d)
		}
	}
	switch len(hit) {
	case 0:
		return nil, 0, fmt.Errorf("no top-level def or class %s in %s; %s", name, f.Path, finding.Valid(name, names))
	case 1:
		lines := bytes.SplitAfter(f.Text, []byte("\n"))[hit[0].from:hit[0].to]
		return bytes.Join(lines, nil), hit[0].from + 1, nil
	}
	return nil, 0, fmt.Errorf("%s is defined twice, at %s:%d and %s:%d; rename one", name, f.Path, hit[0].line, f.Path, hit[1].line)
}

// Line is where a name is defined, or else where the file begins.
func (f *File) Line(name string) int {
	for _, d := range f.defs {
		if d.name == name {
			return d.line
		}
	}
	return 1
}

// Locate words a line by the definition that a page shows it in: first:3 is the third line of
// first with its decorators and the comments above.
func (f *File) Locate(line int) string {
	for _, d := range f.defs {
		if d.from < line && line <= d.to {
			return fmt.Sprintf("%s:%d", d.name, line-d.from)
		}
	}
	return fmt.Sprintf("%s:%d", path.Base(f.Path), line)
}
