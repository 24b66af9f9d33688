#!/bin/sh
# Runs go vet, staticcheck where it is installed, and the tests under the race detector, and says
# which file of this skill to read for what they report.
#
#   sh check.sh [package ...]     in the module to check; without a package, ./...
#
# It needs go. It changes no file of the module. Exit status: 0 nothing was reported, 1 something
# was, 2 nothing could be run.

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

command -v go >/dev/null || stop "no go; install Go 1.26 or later"
case $(go env GOMOD) in
"" | /dev/null | NUL) stop "no go.mod here or above; run this in the module to check" ;;
esac
[ $# -gt 0 ] || set -- ./...
report=$(mktemp) && one=$(mktemp) || stop "no temporary file can be made"
trap 'rm -f "$report" "$one"' EXIT
status=0

try go vet "$@"
if command -v staticcheck >/dev/null; then
	try staticcheck "$@"
else
	echo "== no staticcheck; go install honnef.co/go/tools/cmd/staticcheck@latest brings it"
fi
# Without a C compiler some systems have no race detector; the tests run all the same.
if go test -race -run '^$' unicode/utf8 >/dev/null 2>&1; then
	try go test -race "$@"
else
	echo "== no race detector here; on Linux it needs a C compiler"
	try go test "$@"
fi

here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
files=$(advice | while IFS='|' read -r text file section; do
	grep -qF -- "$text" "$report" && echo "$here/references/$file${section:+, \"$section\"}  ($text)"
done)
[ -z "$files" ] || printf '\nRead:\n%s\n' "$files"
exit $status
