#!/bin/sh
# Runs go vet, staticcheck where it is installed, and the tests under the race detector, looks for
# goroutines that the tests left behind, and says which file of this skill to read for what was
# reported.
#
#   sh check.sh [package ...]     in the module to check; without a package, ./...
#
# It needs go. It changes no file of the module: go is told of a test file that stands elsewhere.
# Exit status: 0 nothing was reported, 1 something was, 2 nothing could be run.

# What a report says | the file to read | the section of that file. Each text stands in a report
# that the chapter or pitfall shows.
advice() {
	cat <<'ROWS'
WARNING: DATA RACE|locks.md|
passes lock by value|pitfalls.md|Holding a lock while you wait
the cancel function|pitfalls.md|Not handling cancellation
blocked goroutines remain|pitfalls.md|Not handling cancellation
found unexpected goroutines|pitfalls.md|Not handling cancellation
all goroutines are asleep|pitfalls.md|Forgetting to say that you are done
negative WaitGroup counter|pitfalls.md|Forgetting to say that you are done
close of closed channel|pitfalls.md|Forgetting to say that you are done
send on closed channel|queues.md|
WaitGroup.Add called from inside|pitfalls.md|Forgetting to say that you are done
SA2000|pitfalls.md|Forgetting to say that you are done
from a non-test goroutine|pitfalls.md|Holding a lock while you wait
SA2002|pitfalls.md|Holding a lock while you wait
SA2003|practices.md|
unlock of unlocked mutex|failures.md|
test timed out|locks.md|
before checking for errors|pitfalls.md|Leaving things open
SA5001|cleanup.md|
SA9001|practices.md|
range function continued|iterators.md|
SA1004|pitfalls.md|Sleeping where nobody can wake you
SA1012|pitfalls.md|Keeping state in globals
SA1029|pitfalls.md|Keeping state in globals
SA4017|pitfalls.md|Forgetting to wait
call not used|pitfalls.md|Forgetting to wait
unbuffered os.Signal|practices.md|
is not deferred|practices.md|
thread exhaustion|pitfalls.md|Starting everything at once
ROWS
}

stop() {
	echo "check.sh: $1" >&2
	exit 2
}

# try runs a command, shows what it prints, and keeps that.
try() {
	echo "== $*"
	"$@" >"$one" 2>&1 || status=1
	cat "$one"
	cat "$one" >>"$report"
}

# leaks writes an overlay that gives each package without a TestMain one that looks for goroutines.
# Its names are long: those of the package must not meet them.
leaks() {
	separator=""
	printf '{"Replace":{'
	go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.Name}}|{{.Dir}}{{end}}' "$@" 2>/dev/null |
		while IFS='|' read -r name dir; do
			if grep -q '^func TestMain(' "$dir"/*_test.go; then
				echo "== $dir has a TestMain; have it call goleak.VerifyTestMain" >&2
				continue
			fi
			sed "s/^package main$/package $name/" "$work/leak.txt" >"$work/$name.go"
			printf '%s"%s/awaitless_leak_test.go":"%s"' "$separator" "$(escaped "$dir")" "$(escaped "$work/$name.go")"
			separator=,
		done
	printf '}}\n'
}

escaped() { printf '%s' "$1" | sed 's/[\\"]/\\&/g'; }

leakTest() {
	cat <<'GO'
package main

import (
	awaitlessBytes "bytes"
	awaitlessOS "os"
	awaitlessRuntime "runtime"
	awaitlessTesting "testing"
	awaitlessTime "time"
)

func TestMain(m *awaitlessTesting.M) {
	code := m.Run()
	var left []byte
	for round := 0; round < 20; round++ { // what was told to end may take a moment
		if left = awaitlessLeft(); left == nil {
			break
		}
		awaitlessTime.Sleep(50 * awaitlessTime.Millisecond)
	}
	if left != nil && code == 0 {
		awaitlessOS.Stderr.WriteString("found unexpected goroutines:\n" + string(left) + "\n")
		code = 1
	}
	awaitlessOS.Exit(code)
}

// awaitlessLeft is the report of all goroutines but this one, the first, and those of os/signal.
func awaitlessLeft() (left []byte) {
	stacks := make([]byte, 1<<20)
	stacks = stacks[:awaitlessRuntime.Stack(stacks, true)]
	for i, stack := range awaitlessBytes.Split(stacks, []byte("\n\n")) {
		if i > 0 && !awaitlessBytes.Contains(stack, []byte("os/signal.loop")) {
			left = append(append(left, stack...), '\n')
		}
	}
	return left
}
GO
}

command -v go >/dev/null || stop "no go; install Go 1.26 or later"
case $(go env GOMOD) in
"" | /dev/null | NUL) stop "no go.mod here or above; run this in the module to check" ;;
esac
[ $# -gt 0 ] || set -- ./...
work=$(mktemp -d) || stop "no temporary folder can be made"
trap 'rm -rf "$work"' EXIT
report=$work/report one=$work/one status=0
: >"$report"

try go vet "$@"
if command -v staticcheck >/dev/null; then
	try staticcheck "$@"
else
	echo "== no staticcheck; go install honnef.co/go/tools/cmd/staticcheck@latest brings it"
fi
leakTest >"$work/leak.txt"
leaks "$@" >"$work/overlay.json"
# Without a C compiler some systems have no race detector; the tests run all the same.
if go test -race -run '^$' unicode/utf8 >/dev/null 2>&1; then
	try go test -race -overlay "$work/overlay.json" "$@"
else
	echo "== no race detector here; on Linux it needs a C compiler"
	try go test -overlay "$work/overlay.json" "$@"
fi

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
files=$(advice | while IFS='|' read -r text file section; do
	grep -qF -- "$text" "$report" && echo "$here/references/$file${section:+, \"$section\"}  ($text)"
done)
[ -z "$files" ] || printf '\nRead:\n%s\n' "$files"
exit $status
