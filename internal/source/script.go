package source

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"golang.org/x/tools/txtar"
)

// A script is a txtar file of testdata/scripts.
type script struct {
	path     string
	sections []*section
	lines    []string // of the commands
}

// A section is a file section of a script.
type section struct {
	name string
	line int // of its header
	text []byte
	seen bool // it was resolved
}

func parseScript(path string, src []byte) *script {
	archive := txtar.Parse(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")))
	s := &script{path: path, lines: strings.Split(string(archive.Comment), "\n")}
	line := 1 + bytes.Count(archive.Comment, []byte("\n"))
	for _, f := range archive.Files {
		s.sections = append(s.sections, &section{name: f.Name, line: line, text: f.Data})
		line += 1 + bytes.Count(f.Data, []byte("\n"))
	}
	return s
}

// compares reports whether a line of the script compares the section with something: cmp and
// cmpenv of testscript, or match of the suite, which levels what differs from run to run. A
// negated line does not: it proves that they differ.
func (s *script) compares(name string) bool {
	for _, line := range s.lines {
		words := strings.Fields(line)
		for len(words) > 0 && strings.HasPrefix(words[0], "[") {
			words = words[1:]
		}
		if len(words) < 3 || !slices.Contains([]string{"cmp", "cmpenv", "match"}, words[0]) {
			continue
		}
		for _, w := range words[1:] {
			w = strings.TrimPrefix(strings.Trim(w, "'"), "$WORK/")
			if w == name {
				return true
			}
		}
	}
	return false
}

// runs lists the arguments of each python line that runs the file.
func (s *script) runs(file string) (all [][]string) {
	for _, line := range s.lines {
		words := strings.Fields(line)
		for len(words) > 0 && words[0] != "python" {
			words = words[1:] // conditions and !
		}
		for len(words) > 1 && strings.HasPrefix(words[1], "-") {
			words = words[1:]
		}
		if len(words) > 1 && !strings.HasPrefix(line, "#") && path.Join(ExamplesDir, pythonPath(words[1])) == file {
			all = append(all, words[2:])
		}
	}
	return all
}
