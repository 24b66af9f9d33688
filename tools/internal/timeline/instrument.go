package timeline

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// renamed is what the program's main is called, so that ours can call it.
const renamed = "timelineMain"

// added is the file that Instrument adds. It must not import what the program may shadow, so it
// stands in a file of its own. The last resort, a timer, ends what would wait for ever: tracing
// keeps the runtime from seeing a deadlock.
const added = `package main

import (
	"context"
	"fmt"
	"os"
	"runtime/pprof"
	"runtime/trace"
	"time"
)

func main() {
	f, err := os.Create(os.Getenv("TIMELINE"))
	if err != nil {
		panic(err)
	}
	if err := trace.Start(f); err != nil {
		panic(err)
	}
	stop := func(how string) {
		trace.Log(context.Background(), "timeline", how)
		trace.Stop()
		f.Close()
	}
	time.AfterFunc(time.Hour, func() {
		stop("forever")
		os.Exit(0)
	})
	trace.Log(context.Background(), "timeline", "begin")
	defer stop("end")
	timelineMain()
}

func timelinePrint(a ...any) (int, error) {
	trace.Log(context.Background(), "print", fmt.Sprint(a...))
	return fmt.Print(a...)
}

func timelinePrintln(a ...any) (int, error) {
	trace.Log(context.Background(), "print", fmt.Sprintln(a...))
	return fmt.Println(a...)
}

func timelinePrintf(format string, a ...any) (int, error) {
	trace.Log(context.Background(), "print", fmt.Sprintf(format, a...))
	return fmt.Printf(format, a...)
}

func timelineSetLabels(ctx context.Context) {
	pprof.SetGoroutineLabels(ctx)
	pprof.ForLabels(ctx, func(key, value string) bool {
		trace.Log(ctx, "label", value)
		return false
	})
}

func timelineDo(ctx context.Context, labels pprof.LabelSet, f func(context.Context)) {
	pprof.Do(ctx, labels, func(ctx context.Context) {
		timelineSetLabels(ctx)
		f(ctx)
	})
}
`

// ours does what the function of the library does, and tells the trace of it.
var ours = map[string]string{
	"fmt.Print":                "timelinePrint",
	"fmt.Println":              "timelinePrintln",
	"fmt.Printf":               "timelinePrintf",
	"pprof.Do":                 "timelineDo",
	"pprof.SetGoroutineLabels": "timelineSetLabels",
}

// instrument returns the files of a package main, by name, so changed that the program writes
// its trace to the file that TIMELINE names. No line moves to another place.
func instrument(files map[string][]byte) (map[string][]byte, error) {
	out := map[string][]byte{"timeline_main.go": []byte(added)}
	mains := 0
	for name, src := range files {
		edits, isMain, err := edit(name, src)
		if err != nil {
			return nil, err
		}
		if isMain {
			mains++
		}
		out[name] = apply(src, edits)
	}
	if mains != 1 {
		return nil, fmt.Errorf("%d functions main; a program has one", mains)
	}
	return out, nil
}

// A replacement puts text where the source has something else.
type replacement struct {
	from, to int
	with     string
}

// edit finds what must be replaced in one file, and whether main is there.
func edit(name string, src []byte) (edits []replacement, isMain bool, err error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, false, err
	}
	if file.Name.Name != "main" {
		return nil, false, fmt.Errorf("%s: package %s; only a package main can run", name, file.Name.Name)
	}
	replace := func(n ast.Node, with string) {
		edits = append(edits, replacement{fset.Position(n.Pos()).Offset, fset.Position(n.End()).Offset, with})
	}
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "main" {
			isMain = true
			replace(f.Name, renamed)
		}
	}
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				if with, ok := ours[x.Name+"."+s.Sel.Name]; ok {
					used[x.Name] = true
					replace(s, with)
				}
			}
		}
		return true
	})
	for _, pkg := range []string{"fmt", "pprof"} {
		if used[pkg] { // or the import might be unused now
			end := len(src)
			edits = append(edits, replacement{end, end, map[string]string{
				"fmt": "\nvar _ = fmt.Print\n", "pprof": "\nvar _ = pprof.Do\n"}[pkg]})
		}
	}
	return edits, isMain, nil
}

func apply(src []byte, edits []replacement) []byte {
	slices.SortFunc(edits, func(a, b replacement) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.Write(src[at:e.from])
		b.WriteString(e.with)
		at = e.to
	}
	b.Write(src[at:])
	return []byte(b.String())
}
