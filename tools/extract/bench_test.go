//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// The benchmarks run the real commands on a site of 1,000 pages with five snippets each, taken
// from 200 Go files, about 4.3 MB of pages. Run them with
//
//	go test ./tools/extract -bench . -run '^$'

const (
	benchFiles    = 200
	benchSnippets = 5 // per page
	benchDecls    = 5 // per file

	// benchRounds evens out what the machine does beside one run, which takes a tenth of a second.
	benchRounds = 10
)

// benchDecl is a declaration of the size that pages show.
func benchDecl(file, decl int) string {
	return fmt.Sprintf(`// Collect%[2]d runs the calls of group %[1]d at the same time and returns
// what they return, in the order of the arguments.
func Collect%[2]d(ctx context.Context, calls ...Call) ([]int, error) {
	g, ctx := errgroup.WithContext(ctx)
	values := make([]int, len(calls))
	for i, call := range calls {
		g.Go(func() error {
			value, err := call(ctx)
			if err != nil {
				return fmt.Errorf("call %%d of %[1]d: %%w", i, err)
			}
			values[i] = value + %[2]d
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return values, nil
}
`, file, decl)
}

const prose = "A paragraph says what the code below does, why it is written so, and what became\n" +
	"of the tasks, the timeouts and the queues that the reader knows from asyncio. It\n" +
	"names the test that proves it.\n\n"

// A benchTree is the same site for both tools: opener writes the line of a fence.
type benchTree struct {
	dir   string
	pages int
	// fence writes the lines above the body, so that each tool knows its source.
	fence func(file, decl int) string
}

// write makes the tree. With stale bodies every page has to be rewritten.
func (t benchTree) write(tb testing.TB, stale bool) {
	tb.Helper()
	t.file(tb, "go.mod", "module bench\n\ngo 1.26\n")
	for f := range benchFiles {
		var b bytes.Buffer
		fmt.Fprintf(&b, "package p%d\n\nimport (\n\t\"context\"\n\t\"fmt\"\n\n\t\"golang.org/x/sync/errgroup\"\n)\n\n", f)
		b.WriteString("// A Call returns one value.\ntype Call func(context.Context) (int, error)\n")
		for d := range benchDecls {
			b.WriteString("\n" + benchDecl(f, d))
		}
		t.file(tb, fmt.Sprintf("examples/p%d/p.go", f), b.String())
	}
	t.writePages(tb, stale)
}

func (t benchTree) writePages(tb testing.TB, stale bool) {
	tb.Helper()
	for p := range t.pages {
		var b bytes.Buffer
		fmt.Fprintf(&b, "---\ntitle: Page %d\n---\n\n", p)
		for s := range benchSnippets {
			file, decl := (p*7+s)%benchFiles, (p+s)%benchDecls
			body := benchDecl(file, decl)
			if stale {
				body = "var old = true\n"
			}
			b.WriteString(prose + t.fence(file, decl) + body + "```\n\n")
		}
		t.file(tb, fmt.Sprintf("content/s%d/page%d.md", p%20, p), b.String())
	}
}

func (t benchTree) file(tb testing.TB, name, text string) {
	tb.Helper()
	name = filepath.Join(t.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		tb.Fatal(err)
	}
}

func ours(dir string, pages int) benchTree {
	return benchTree{dir, pages, func(file, decl int) string {
		return fmt.Sprintf("```go {snippet=\"p%d.Collect%d\"}\n", file, decl)
	}}
}

func theirs(dir string, pages int) benchTree {
	return benchTree{dir, pages, func(file, decl int) string {
		return fmt.Sprintf("[embedmd]:# (../../examples/p%d/p.go go /\\/\\/ Collect%d runs/ /^}/)\n```go\n", file, decl)
	}}
}

// A cost is what a command took.
type cost struct {
	user, wall time.Duration
	rss        int64 // bytes
}

// measure runs a command in the tree and wants it to succeed.
func measure(tb testing.TB, dir, bin string, args ...string) cost {
	tb.Helper()
	cmd := exec.Command(bin, args...)
	cmd.Dir = dir
	start := time.Now()
	out, err := cmd.CombinedOutput()
	wall := time.Since(start)
	if err != nil {
		tb.Fatalf("%s: %v\n%.2000s", bin, err, out)
	}
	rss := int64(0)
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		rss = r.Maxrss * 1024 // linux counts in KiB
		if runtime.GOOS == "darwin" {
			rss = r.Maxrss
		}
	}
	return cost{cmd.ProcessState.UserTime(), wall, rss}
}

// build puts a command into a folder of its own. What cannot be had skips the benchmark, unless
// the environment says that all tools must be there.
func build(b *testing.B, args ...string) string {
	b.Helper()
	bin := b.TempDir()
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOBIN="+bin, "GOFLAGS=")
	if out, err := cmd.CombinedOutput(); err != nil {
		msg := fmt.Sprintf("go %v: %v: %s", args, err, bytes.TrimSpace(out))
		if os.Getenv("REQUIRE_TOOLS") != "" {
			b.Fatal(msg)
		}
		b.Skip("skipped: " + msg)
	}
	entries, err := os.ReadDir(bin)
	if err != nil || len(entries) != 1 {
		b.Fatalf("%s holds %v, %v", bin, entries, err)
	}
	return filepath.Join(bin, entries[0].Name())
}

// pageNames lists the pages, which embedmd wants to be told.
func pageNames(tb testing.TB, dir string) []string {
	tb.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "content", "*", "*.md"))
	if err != nil {
		tb.Fatal(err)
	}
	return names
}

// total adds up what the runs of one command took.
type total struct {
	user, wall time.Duration
	rss        int64
}

func (t *total) add(c cost) {
	t.user += c.user
	t.wall += c.wall
	t.rss = max(t.rss, c.rss)
}

// onDisk is a folder below .bin. Folders for temporary files are often kept in memory, where to
// make a file costs nothing.
func onDisk(b *testing.B) string {
	b.Helper()
	bin := filepath.Join("..", "..", ".bin")
	if err := os.MkdirAll(bin, 0o777); err != nil {
		b.Fatal(err)
	}
	dir, err := os.MkdirTemp(bin, "bench")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { os.RemoveAll(dir) })
	dir, err = filepath.Abs(dir)
	if err != nil {
		b.Fatal(err)
	}
	return dir
}

// BenchmarkVersusEmbedmd rewrites and checks the same site with both tools in turn, and reports
// our user time as a part of embedmd's, and for writing the time by the clock too.
func BenchmarkVersusEmbedmd(b *testing.B) {
	extract := build(b, "install", ".")
	embedmd := build(b, "install", "github.com/campoy/embedmd@v1.0.0")
	us, them := ours(onDisk(b), 1000), theirs(onDisk(b), 1000)
	us.write(b, true)
	them.write(b, true)
	pages := pageNames(b, them.dir)
	var write, check [2]total
	runs := 0
	for b.Loop() {
		for range benchRounds {
			us.writePages(b, true)
			them.writePages(b, true)
			write[0].add(measure(b, us.dir, extract, "-w"))
			write[1].add(measure(b, them.dir, embedmd, append([]string{"-w"}, pages...)...))
			check[0].add(measure(b, us.dir, extract))
			check[1].add(measure(b, them.dir, embedmd, append([]string{"-d"}, pages...)...))
			runs++
		}
	}
	b.ReportMetric(float64(write[0].user)/float64(write[1].user), "write-ratio")
	b.ReportMetric(float64(check[0].user)/float64(check[1].user), "check-ratio")
	b.ReportMetric(float64(write[0].wall)/float64(write[1].wall), "write-wall-ratio")
	b.ReportMetric(write[0].user.Seconds()/float64(runs), "write-s")
	b.ReportMetric(check[0].user.Seconds()/float64(runs), "check-s")
	b.ReportMetric(write[1].user.Seconds()/float64(runs), "embedmd-write-s")
	b.ReportMetric(check[1].user.Seconds()/float64(runs), "embedmd-check-s")
	b.ReportMetric(float64(max(write[0].rss, check[0].rss))/(1<<20), "MB")
}

// BenchmarkPages shows that time grows with the pages and memory does not.
func BenchmarkPages(b *testing.B) {
	extract := build(b, "install", ".")
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			tree := ours(onDisk(b), n)
			tree.write(b, true)
			var write, check total
			for b.Loop() {
				b.StopTimer()
				tree.writePages(b, true)
				b.StartTimer()
				write.add(measure(b, tree.dir, extract, "-w"))
				check.add(measure(b, tree.dir, extract))
			}
			per := float64(b.N) * float64(n) / 1e6
			b.ReportMetric(write.user.Seconds()/per, "write-us/page")
			b.ReportMetric(check.user.Seconds()/per, "check-us/page")
			b.ReportMetric(float64(write.rss)/(1<<20), "write-MB")
			b.ReportMetric(float64(check.rss)/(1<<20), "check-MB")
		})
	}
}
