package lesson

import (
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"golang.org/x/tools/txtar"
)

// lessonT is a test that runs a script. With -v it prints the steps of
// the lesson and no more; what fails is printed in full.
type lessonT struct {
	*testing.T
	suite *Suite
}

func (t lessonT) Run(name string, f func(testscript.T)) {
	suite := t.suite
	t.T.Run(name, func(t *testing.T) {
		t.Cleanup(func() {
			if err := suite.writeUpdates(name); err != nil {
				t.Error(err)
			}
		})
		f(lessonT{t, suite})
	})
}

// Verbose is for testscript, which would print its environment and the
// output of every command. The steps it keeps in any case.
func (t lessonT) Verbose() bool { return false }

// Log takes what testscript has to say at the end of a script.
func (t lessonT) Log(args ...any) {
	text := fmt.Sprint(args...)
	if !t.Failed() {
		text = steps(text)
	}
	text += t.suite.advice(path.Base(t.Name()), text)
	fmt.Fprintln(t.Output(), strings.TrimSpace(text))
}

var stepLine = regexp.MustCompile(`(?m)^# (.*?)(?: \([\d.]+s\))?$`)

// steps are the comments in the log of a script that has passed, or all
// of a text that is no such log.
func steps(log string) string {
	if !strings.HasSuffix(log, "PASS\n") {
		return log
	}
	var b strings.Builder
	for _, m := range stepLine.FindAllStringSubmatch(log, -1) {
		b.WriteString(m[1] + "\n")
	}
	return b.String()
}

var (
	differ = regexp.MustCompile(`(?m)^FAIL: .*: \S+ and (\S+) differ$`)
	absent = regexp.MustCompile(
		`(?m)^FAIL: .*: open \$WORK/(\S+): no such file`)
)

// advice says how to mend the script, if its log ends with what
// testscript leaves unsaid.
func (s *Suite) advice(script, log string) string {
	update := fmt.Sprintf(
		"UPDATE_SCRIPTS=1 go test ./examples -run 'TestLessons/%s$'",
		script)
	if m := absent.FindStringSubmatch(log); m != nil {
		return fmt.Sprintf("add the line `-- %s --` to the end of "+
			"testdata/scripts/%s.txtar, and let %s fill it\n",
			m[1], script, update)
	}
	m := differ.FindStringSubmatch(log)
	if m == nil {
		return ""
	}
	path := filepath.Join(s.scripts(), script+".txtar")
	archive, err := txtar.ParseFile(path)
	if err == nil && slices.ContainsFunc(archive.Files,
		func(f txtar.File) bool { return f.Name == m[1] }) {
		return fmt.Sprintf("if what it prints is right, run %s, and "+
			"then make sync\n", update)
	}
	return fmt.Sprintf("%s is what an earlier line printed: change the "+
		"Example or the asyncio original, so that both print the "+
		"same\n", m[1])
}
