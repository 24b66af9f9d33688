package lesson

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"golang.org/x/tools/txtar"
)

// cmdMatch compares a tool's output with a section of the script that the page quotes. A line of
// the section that reads … stands for any number of lines; what differs from run to run (see
// scrub) is replaced in both.
//
//	match stdout report
//
// With an update of the scripts, a section that does not match becomes the output, in full: what
// lines may be left out is for its author to say.
func (s *Suite) cmdMatch(ts *testScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: match stdout|stderr|FILE SECTION")
	}
	work, goroot := ts.Getenv("WORK"), ts.Getenv("GOROOT")
	got := scrub(ts.ReadFile(args[0]), work, goroot)
	want := ts.ReadFile(args[1])
	if matchLines(lines(got), lines(want)) != neg {
		return
	}
	if s.update && !neg {
		ts.Check(s.updateSection(ts, args[1], got))
		return
	}
	if neg {
		ts.Fatalf("%s matches %s; it should not", args[0], args[1])
	}
	ts.Fatalf("%s does not match %s; run UPDATE_SCRIPTS=1 make sync if it is right:\n%s", args[0], args[1],
		diff.Diff(args[1], []byte(want), args[0], []byte(got)))
}

// updateSection makes text the section, in the folder where the script runs, and in the script when
// it has ended: testscript writes it then, too.
func (s *Suite) updateSection(ts *testScript, section, text string) error {
	text = strings.TrimRight(text, "\n") + "\n"
	script := ts.Name()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.updates[script] == nil {
		s.updates[script] = map[string]string{}
	}
	s.updates[script][section] = text
	return os.WriteFile(ts.MkAbs(section), []byte(text), 0o666)
}

// writeUpdates writes the new sections of a script.
func (s *Suite) writeUpdates(script string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.updates[script]) == 0 {
		return nil
	}
	path := filepath.Join(s.scripts(), script+".txtar")
	archive, err := txtar.ParseFile(path)
	if err != nil {
		return err
	}
	for i, file := range archive.Files {
		if text, ok := s.updates[script][file.Name]; ok {
			archive.Files[i].Data = []byte(text)
		}
	}
	return os.WriteFile(path, txtar.Format(archive), 0o666)
}

// matchLines reports whether got reads like want.
func matchLines(got, want []string) bool {
	for len(want) > 0 {
		if want[0] == "…" {
			for skip := range len(got) + 1 {
				if matchLines(got[skip:], want[1:]) {
					return true
				}
			}
			return false
		}
		if len(got) == 0 || got[0] != want[0] {
			return false
		}
		got, want = got[1:], want[1:]
	}
	return len(got) == 0
}

var volatile = []struct {
	expr *regexp.Regexp
	with string
}{
	// A question mark says that the value may be out of date.
	{regexp.MustCompile(`0x[0-9a-f]+\??`), "0x…"},
	{regexp.MustCompile(`(?i)\b(goroutine) \d+`), "$1 N"},
	{regexp.MustCompile(`\d+\.\d+s\b`), "0.00s"},
	// With -trimpath, the module stands before the path.
	{regexp.MustCompile(`(\s)lesson/(\S*\.go:\d+)`), "$1$2"},
	// The messages of vet and staticcheck may come from their caches,
	// with the name of the folder in which they were found first.
	{regexp.MustCompile(
		`(?m)^(\s*(?:vet: )?)/\S*/(\w+/\w+\.go:\d+:\d+:)`,
	), "$1$2"},
	// The standard library's own line numbers change with Go.
	{regexp.MustCompile(`(?m)^(    testing\.go):\d+`), "$1:…"},
	{regexp.MustCompile(
		`(?m)^(\t(?:testing|runtime|internal|sync|net)/.*\.go):\d+`,
	), "$1:…"},
}

// scrub levels what differs from run to run, machine to machine, or
// between releases of Go, and is not the point of a report.
func scrub(text, work, goroot string) string {
	const slash = string(filepath.Separator)
	text = strings.ReplaceAll(text, work+slash, "")
	src := filepath.Join(goroot, "src")
	text = strings.ReplaceAll(text, src+slash, "")
	for _, v := range volatile {
		text = v.expr.ReplaceAllString(text, v.with)
	}
	return text
}

func lines(text string) []string {
	return strings.Split(strings.TrimRight(text, "\n"), "\n")
}
