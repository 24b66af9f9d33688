package lesson

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
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
