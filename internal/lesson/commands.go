package lesson

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// testScript is a script while it runs, under a name that leaves room
// for the parameters beside it.
type testScript = testscript.TestScript

// condition adds to testscript's own: [python] holds if a Python that
// is new enough was found, [aiohttp] if one can import aiohttp, [node]
// if Node.js was found, which runs js/wasm, and [race] if the race
// detector can be linked. All must be found in CI.
func condition(cond, python string) (bool, error) {
	switch cond {
	case "python":
		return python != "", nil
	case "aiohttp":
		if findAiohttp() == "" && MustHaveTools() {
			return false, errors.New(noAiohttp)
		}
		return findAiohttp() != "", nil
	case "node":
		_, err := exec.LookPath("node")
		if err != nil && MustHaveTools() {
			return false, errors.New("node not found")
		}
		return err == nil, nil
	case "race":
		err := raceWorks()
		if err != nil && MustHaveTools() {
			return false, err
		}
		return err == nil, nil
	}
	return false, fmt.Errorf(
		"unknown condition %q; have python, aiohttp, node, race", cond)
}

// raceWorks says why go can't use -race, if it can't. On Linux that
// takes a C compiler: without one, go turns cgo off, and -race needs
// it.
var raceWorks = sync.OnceValue(func() error {
	cmd := exec.Command("go", "list", "-race", "unsafe")
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("no race detector: %w: %s", err, out)
	}
	return nil
})

// cmdProgram gives what the whole program of an Example printed, which
// a reader has who pressed "Copy program". Each program runs once for
// all scripts:
//
//	program gather.ExampleAll
//
// The first of a script builds and runs all that the script names, at
// the same time.
func (s *Suite) cmdProgram(ts *testScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: program PACKAGE.EXAMPLE")
	}
	names := append(s.namedPrograms(ts), args[0])
	runs, err := s.RunPrograms(names...)
	ts.Check(err)
	r := runs[args[0]]
	fmt.Fprint(ts.Stdout(), r.Stdout)
	fmt.Fprint(ts.Stderr(), r.Stderr)
	ts.Check(r.Err)
}

var programLine = regexp.MustCompile(
	`(?m)^(?:\[!?[\w.]+\] )*program (\S+)$`)

// namedPrograms are those of the lines of a script.
func (s *Suite) namedPrograms(ts *testScript) (names []string) {
	text, err := os.ReadFile(filepath.Join(s.scripts(), ts.Name()+".txtar"))
	ts.Check(err)
	lines := programLine.FindAllStringSubmatch(string(text), -1)
	for _, m := range lines {
		names = append(names, m[1])
	}
	return names
}

// execute runs a program and leaves its output to the script's next
// lines.
func execute(ts *testScript, neg bool, name string, args ...string) {
	expect(ts, neg, name, ts.Exec(name, args...))
}

// expect ends the script if name failed and should not have, or the
// other way round.
func expect(ts *testScript, neg bool, name string, err error) {
	if complaint := unexpected(neg, err); complaint != "" {
		ts.Fatalf("%s: %s", filepath.Base(name), complaint)
	}
}

func unexpected(neg bool, err error) string {
	switch {
	case err != nil && !neg:
		return err.Error()
	case err == nil && neg:
		return "no failure, want one"
	}
	return ""
}

var exeSuffix = map[bool]string{true: ".exe"}[runtime.GOOS == "windows"]
