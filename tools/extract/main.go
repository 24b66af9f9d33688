// Extract keeps the code on the site's pages the same as the code that the tests run.
//
//	extract              check every page; findings to stderr, unified diffs to stdout
//	extract -w           write the pages that differ
//	extract -program N   print the Example N, such as gather.ExampleAll, as one whole program
//	extract -programs D  write every Example's program as D/N.go, and D/sources.json; a
//	                     relative D is below the root. Draw the timelines of the pages, too
//
// The root is the nearest folder at or above the current one that holds go.mod. Exit status: 0
// all is well, 1 something differs or is wrong, 2 wrong usage.
//
// # Pages
//
// The pages are the Markdown files below content/. A fence that names its source between braces
// holds a checked copy of it:
//
//	```go {snippet="gather.All"}              a declaration in examples/gather; for an Example its body
//	```go {snippet="gather.All/wait"}         the statement after //docs:snippet wait inside All
//	```python {snippet="gather.py:fetch_all"} a top-level def or class of examples/gather/gather.py
//	```python {snippet="gather.py"}           the whole file
//	```text {output="gather.ExampleAll"}      what the Example prints, as go test verifies it
//	```text {file="scripts/gather.txtar:want"} a file section of testdata/scripts/gather.txtar
//	```csv {timeline="gather.ExampleAll"}     what the Example's goroutines did, see internal/timeline
//
// A timeline may also name a section of a script that holds a whole program, as a file does, or
// the tasks of an asyncio original: timeline="gather.py:first" runs gather.py with the argument
// first. Without Python 3.11 these are not checked, unless REQUIRE_TOOLS is set.
//
// A declaration comes with its doc comment, and a name in a const, var or type group stands for
// the whole group. order="any" says to the reader that the order of an output is not fixed; it is
// needed exactly where the Example says "Unordered output:". title="..." is a caption. A fence
// without a source is an error, unless its language is sh, text or diff.
//
// Fences may stand in list items and block quotes. A written fence is longer than any run of
// its characters in the body. Line endings, a byte order mark, a missing last newline and
// everything outside of managed bodies stay as they are.
//
// # Findings
//
// A check reports every finding of a run. A selector must name one thing: what is missing,
// ambiguous, unparsable, not gofmt-ed, or outside of the repository is an error, as is code wider
// than 72 columns, and a section shown as text that its script does not compare. Coverage runs
// the other way: Examples that no page shows, //docs:snippet lines that nobody quotes or that mark
// nothing, and script sections that nobody quotes.
//
// A body that holds an opening fence, a heading or the marker of a merge conflict, which the block
// does not hold, is an error too: its fence may not be closed, and a rewrite would lose prose.
//
// # Writing
//
// With -w any error keeps every page as it is; gaps in coverage do not, but are reported. A page
// is replaced in one step by a new file, so that a reader, or a run that is killed, never leaves
// or sees half of one; a page that changes while extract runs is left alone. Runs take turns. No
// temporary file outlives a signal; what kill -9 leaves, the next run removes.
//
// # Index of sources
//
// sources.json says of each source that a page names where it stands, and which command proves it
// in the repository:
//
//	"gather.ExampleAll": {"file": "examples/gather/example_test.go", "line": 12,
//	                      "run": "go test -race -run '^ExampleAll$' ./examples/gather"}
//
// The line is that of the declaration, of the statement, or of the section's header. An Example
// and a test are proved by running them; other Go by all tests of its package; a section by its
// script; Python by the scripts that run the definition, or else its file, of which there must be
// one. Sources that a check would refuse are left out.
//
// # Pictures
//
// The timeline of a page is drawn from the text that the page holds, into
// .bin/site/timelines/PAGE/NAME.svg, with its legend in NAME.json; Hugo mounts the folder. Two
// timelines that follow each other share their axis. A timeline stands once on a page.
//
// # Non-goals
//
// No line numbers, regular expressions or regions as selectors; no rewriting of tested code; no
// fences hidden in HTML other than comments, which are skipped. It runs nothing that a page
// names but the programs of timelines, uses no network, and reads and writes pages only inside
// the root; recordings are kept in .bin/timelines. Only -program, -programs and pages with
// timelines load packages; the rest parses each Go file once.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

const usage = `usage: extract [-w | -program NAME | -programs DIR]

Without a flag, extract checks that the code on the pages is the tested code.
  -w              write the pages that differ
  -program NAME   print an Example, such as gather.ExampleAll, as one program
  -programs DIR   write every Example's program, and where each block comes from,
                  into DIR, relative to the root
`

func main() {
	// Most of the memory is syntax trees, which are garbage as soon as a file is indexed. What
	// stays is small, so collecting at five times of it rather than at twice costs a few
	// megabytes and saves a tenth of the time.
	debug.SetGCPercent(400)
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// errFindings says that all there is to say has been printed.
var errFindings = errors.New("findings")

// run is the command without the process around it.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("extract", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	write := flags.Bool("w", false, "")
	name := flags.String("program", "", "")
	dir := flags.String("programs", "", "")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return 0
	}
	if err == nil && (flags.NArg() > 0 || flags.NFlag() > 1) {
		err = errors.New("at most one flag, and no arguments")
	}
	flags.Visit(func(f *flag.Flag) {
		if err == nil && f.Value.String() == "" {
			err = fmt.Errorf("-%s needs a value", f.Name)
		}
	})
	root, rootErr := findRoot()
	if err == nil {
		err = rootErr
	}
	if err != nil {
		fmt.Fprintf(stderr, "extract: %v\n%s", err, usage)
		return 2
	}
	switch {
	case *name != "":
		err = printProgram(root, *name, stdout, stderr)
	case *dir != "":
		err = writePrograms(root, *dir, stderr)
	default:
		err = syncPages(root, *write, stdout, stderr)
	}
	if err != nil {
		if !errors.Is(err, errFindings) {
			fmt.Fprintln(stderr, err)
		}
		return 1
	}
	return 0
}

// untilSignal is a context that ends when the process is asked to.
func untilSignal() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
}
