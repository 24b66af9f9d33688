package lesson

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"github.com/awaitless/awaitless/internal/rewrite"
)

// cmdGo runs the go command, as a person types it:
//
//	! go test ./held
func (s *Suite) cmdGo(ts *testScript, neg bool, args []string) {
	goPath := func() (string, error) { return "go", nil }
	switch {
	case len(args) > 0 && args[0] == "vet":
		s.printReport(ts, neg, goPath, args...)
		return
	case len(args) > 1 && args[0] == "test":
		// go test asks vet first, which is half of its time here. What
		// vet says is known, unless it has something to say.
		vet := append([]string{"vet"}, vetOfTest...)
		r, _, err := s.report(ts, goPath, append(vet, args[len(args)-1])...)
		ts.Check(err)
		if !r.Failed {
			args = append([]string{"test", "-vet=off"}, args[1:]...)
		}
	}
	execute(ts, neg, "go", args...)
}

// vetOfTest are the checks that go test makes.
var vetOfTest = []string{
	"-atomic", "-bool", "-buildtags", "-directive", "-errorsas",
	"-ifaceassert", "-nilfunc", "-printf", "-stringintconv", "-tests",
}

// cmdStaticcheck runs the staticcheck of go.mod in the script's folder.
func (s *Suite) cmdStaticcheck(ts *testScript, neg bool, args []string) {
	s.printReport(ts, neg, staticcheckPath, args...)
}

// staticcheckPath has go build the tool, if need be, and tell where.
var staticcheckPath = sync.OnceValues(func() (string, error) {
	out, err := exec.Command("go", "tool", "-n", "staticcheck").Output()
	return strings.TrimSpace(string(out)), err
})

// A report is what a tool says of a program without running it.
type report struct {
	Stdout, Stderr string
	Failed         bool
}

// moved is the report of the same program in another folder.
func (r report) moved(from, to string) report {
	r.Stdout = strings.ReplaceAll(r.Stdout, from, to)
	r.Stderr = strings.ReplaceAll(r.Stderr, from, to)
	return r
}

// printReport gives a tool's report to the script.
func (s *Suite) printReport(
	ts *testScript, neg bool,
	path func() (string, error), args ...string,
) {
	r, printed, err := s.report(ts, path, args...)
	ts.Check(err)
	if !printed {
		fmt.Fprint(ts.Stdout(), r.Stdout)
		fmt.Fprint(ts.Stderr(), r.Stderr)
	}
	var failure error
	if r.Failed {
		failure = errors.New("exit status 1")
	}
	expect(ts, neg, strings.Join(args, " "), failure)
}

// report makes a tool's report. It depends on the tool and on the
// script's Go files alone, so it is made once and kept in .bin: most of
// the time goes to starting a tool, not to what it reads. A new report
// has been printed to the script.
func (s *Suite) report(
	ts *testScript, path func() (string, error), args ...string,
) (r report, printed bool, err error) {
	work := ts.Getenv("WORK")
	name, err := s.reportName(ts, args)
	if err != nil {
		return report{}, false, err
	}
	if r, err := readReport(name); err == nil {
		return r.moved("$WORK", work), false, nil
	}
	tool, err := path()
	if err != nil {
		return report{}, false, err
	}
	failed := ts.Exec(tool, args...) != nil
	r = report{ts.ReadFile("stdout"), ts.ReadFile("stderr"), failed}
	return r, true, writeReport(name, r.moved(work, "$WORK"))
}

// reportName is the file of a report: named after all that the report
// depends on. go.mod holds the version of staticcheck.
func (s *Suite) reportName(ts *testScript, args []string) (string, error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "%s %q\n", runtime.Version(), args)
	for _, name := range []string{"GOOS", "GOARCH", "GOFLAGS"} {
		fmt.Fprintf(sum, "%s=%s\n", name, ts.Getenv(name))
	}
	work := ts.Getenv("WORK")
	err := filepath.WalkDir(work,
		func(path string, _ fs.DirEntry, err error) error {
			switch filepath.Ext(path) {
			case ".go", ".mod", ".sum":
			default:
				return err
			}
			data, err := os.ReadFile(path)
			path = strings.TrimPrefix(path, work)
			fmt.Fprintf(sum, "%s %d\n%s", path, len(data), data)
			return err
		})
	name := fmt.Sprintf("%x.json", sum.Sum(nil))
	return filepath.Join(s.home, "reports", name), err
}

func readReport(name string) (r report, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(data, &r)
}

// writeReport writes the file whole or not at all: another process may
// look for it.
func writeReport(name string, r report) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return rewrite.File(name, data)
}
