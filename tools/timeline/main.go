// Timeline draws what the goroutines of a program did, from the program's own execution trace.
//
//	timeline [-o FILE] [DIR]
//
// DIR is the folder of a package main, by default the current one. FILE ends in .svg for the
// picture alone, or in .html for a page with the picture, the printed lines and the source; by
// default it is the name of DIR with .svg, in the current folder. The program stays as it is: a
// changed copy is built in the user's cache folder, in the module of DIR, and run once, or twice
// where only that tells a leak from a wait that main's return cut off. Of the cache the 20
// latest programs stay, for two weeks at most.
//
// The picture is the one of the site: a lane for each goroutine of the package, its waits as
// bars, and arrows for who started and who woke it. A closure is named by its line. Time is
// virtual, and chance is the same in each run, so the same program always makes the same bytes.
// Where no time passes, the axis counts steps. A picture shows at most 50 lanes and 4,000 events,
// and says how many more there are. Recording takes at most a minute, 16 MB of trace and 256 MB
// of memory for the program. Packages exectrace and virtualtime, below internal/timeline, say what
// is recorded, and what a program may not do.
//
// Exit status: 0 the file is written, 1 the program has no timeline or the file cannot be
// written, 2 wrong usage.
//
// # Non-goals
//
// No options for the picture, no other formats, no tests or servers as subjects, no time that
// the processor needs: go tool trace shows that. The SVG is for browsers; other viewers may lack
// its colours.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"go/build"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/awaitless/awaitless/internal/timeline/virtualtime"
)

const usage = `usage: timeline [-o FILE.svg | -o FILE.html] [DIR]

Timeline runs the package main in DIR in virtual time and draws what its goroutines did.
  -o FILE   where to write the picture (.svg) or a page with it and the source (.html);
            without it, the name of DIR with .svg in the current folder
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the command without the process around it.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("timeline", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	out := flags.String("o", "", "")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(stdout, usage)
		return 0
	}
	dir := "."
	if flags.NArg() == 1 {
		dir = flags.Arg(0)
	}
	if err == nil && flags.NArg() > 1 {
		err = errors.New("more than one folder; flags stand before it")
	}
	var abs string
	if err == nil {
		abs, err = filepath.Abs(dir)
	}
	if *out == "" {
		*out = filepath.Base(abs) + ".svg"
	}
	if ext := filepath.Ext(*out); err == nil && ext != ".svg" && ext != ".html" {
		err = fmt.Errorf("-o %s: the name ends in neither .svg nor .html", *out)
	}
	if err != nil {
		fmt.Fprintf(stderr, "timeline: %v\n%s", err, usage)
		return 2
	}
	if err := write(ctx, abs, *out); err != nil {
		var file *os.PathError
		if !errors.As(err, &file) {
			err = fmt.Errorf("%s: %w", dir, err)
		}
		fmt.Fprintln(stderr, err)
		return 1
	}
	fmt.Fprintln(stdout, "wrote", *out)
	return 0
}

// write draws the program in a folder.
func write(ctx context.Context, dir, out string) error {
	d, err := record(ctx, dir)
	if err != nil {
		return err
	}
	text := d.svg()
	if filepath.Ext(out) == ".html" {
		if text, err = d.html(); err != nil {
			return err
		}
	}
	return os.WriteFile(out, text, 0o666)
}

func record(ctx context.Context, dir string) (*drawing, error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return nil, errors.New("there is no such folder; name the folder of a package main")
	}
	// The files for the build that internal/timeline/virtualtime makes.
	how := build.Default
	how.BuildTags = append(how.BuildTags, "faketime")
	how.CgoEnabled = false
	pkg, err := how.ImportDir(dir, 0)
	if noGo := (*build.NoGoError)(nil); errors.As(err, &noGo) {
		return nil, errors.New("it holds no Go files to build; name the folder of a package main")
	}
	if err != nil {
		return nil, err
	}
	if pkg.Name != "main" {
		return nil, fmt.Errorf("it is package %s; name the folder of a package main", pkg.Name)
	}
	d := &drawing{name: filepath.Base(dir)}
	files := map[string][]byte{}
	for _, name := range pkg.GoFiles {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		files[name] = text
		d.sources = append(d.sources, source{name, string(text)})
	}
	scratch := scratchFor(dir)
	tidy(scratch, time.Now())
	d.timeline, err = virtualtime.Record(ctx, scratch, virtualtime.Source{Name: d.name, Dir: dir, Files: files})
	if err != nil {
		// The compiler speaks of the copies.
		return nil, errors.New(strings.ReplaceAll(err.Error(), filepath.Join(scratch, d.name), dir))
	}
	return d, nil
}
