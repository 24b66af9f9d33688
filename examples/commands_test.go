package examples

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// testScript is a script while it runs, under a name that leaves room
// for the parameters beside it.
type testScript = testscript.TestScript

// condition adds to testscript's own: [python] holds where a Python
// that is new enough was found, [aiohttp] where one was that can import
// aiohttp; [node] holds where Node.js was, which runs js/wasm; [race]
// where the race detector can be linked. All must be found in CI.
func condition(cond, python string) (bool, error) {
	switch cond {
	case "python":
		return python != "", nil
	case "aiohttp":
		if findAiohttp() == "" && mustHaveTools() {
			return false, errors.New(noAiohttp)
		}
		return findAiohttp() != "", nil
	case "node":
		_, err := exec.LookPath("node")
		if err != nil && mustHaveTools() {
			return false, errors.New("node not found")
		}
		return err == nil, nil
	case "race":
		err := raceWorks()
		if err != nil && mustHaveTools() {
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
func cmdProgram(ts *testScript, neg bool, args []string) {
	if len(args) != 1 || neg {
		ts.Fatalf("usage: program PACKAGE.EXAMPLE")
	}
	names := append(namedPrograms(ts), args[0])
	runs, err := runPrograms(names...)
	ts.Check(err)
	r := runs[args[0]]
	fmt.Fprint(ts.Stdout(), r.stdout)
	fmt.Fprint(ts.Stderr(), r.stderr)
	ts.Check(r.err)
}

var programLine = regexp.MustCompile(
	`(?m)^(?:\[!?[\w.]+\] )*program (\S+)$`)

// namedPrograms are those of the lines of a script.
func namedPrograms(ts *testScript) (names []string) {
	text, err := os.ReadFile(scriptPath(ts.Name()))
	ts.Check(err)
	lines := programLine.FindAllStringSubmatch(string(text), -1)
	for _, m := range lines {
		names = append(names, m[1])
	}
	return names
}

// cmdMatch compares a tool's output with a section of the script that
// the page quotes. A line of the section that reads … stands for any
// number of lines; what differs from run to run (see scrub) is
// levelled.
//
//	match stdout report
func cmdMatch(ts *testScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: match stdout|stderr|FILE SECTION")
	}
	work, goroot := ts.Getenv("WORK"), ts.Getenv("GOROOT")
	got := scrub(ts.ReadFile(args[0]), work, goroot)
	want := ts.ReadFile(args[1])
	if matchLines(lines(got), lines(want)) == neg {
		ts.Fatalf("%s and %s: match is %v; got:\n%s",
			args[0], args[1], neg, got)
	}
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
