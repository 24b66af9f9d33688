// Package instrument changes a Go program so that it writes an execution trace of itself, which
// package exectrace can read: it marks where main begins and returns, and logs what the program
// prints by fmt and which pprof labels it sets.
//
// The changed program is the one that a person wrote, with other names in some places and one
// more file; no line moves. It leaves, with a word on its standard error, before it listens for
// signals, becomes another program, or fills the disk.
//
// Not done: marks for what is printed otherwise than by fmt, or through a dot import; building and
// running the program.
package instrument

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"github.com/awaitless/awaitless/internal/edit"
)

// Main is what the program's main is called, so that ours can call it.
const Main = "timelineMain"

// File is the name of the file that Program adds.
const File = "timeline_main.go"

// TooMuch is what a program says that leaves before its trace fills the disk.
const TooMuch = "TIMELINE: too much"

// Listens is what a program says that leaves because it wants signals: while it listens, the
// clock of virtual time stands still.
const Listens = "TIMELINE: signals"

// Leaves is what a program says that becomes another one.
const Leaves = "TIMELINE: process"

// added is the text of File. What it declares and imports begins with timeline: a package may have a
// variable context, and then no file of it can import one. The last resort, a timer, ends what
// would wait for ever: tracing keeps the runtime from seeing a deadlock.
const added = `package main

import (
	timelineContext "context"
	timelineFmt "fmt"
	timelineIO "io"
	timelineOS "os"
	timelinePprof "runtime/pprof"
	timelineTrace "runtime/trace"
	timelineSyscall "syscall"
	timelineTime "time"
)

func main() {
	const enough = 256 << 20 // bytes, where the system knows this limit
	timelineSyscall.Setrlimit(timelineSyscall.RLIMIT_DATA, &timelineSyscall.Rlimit{Cur: enough, Max: enough})
	f, err := timelineOS.Create(timelineOS.Getenv("TIMELINE"))
	if err != nil {
		panic(err)
	}
	if err := timelineTrace.Start(&timelineFile{f, 0}); err != nil {
		panic(err)
	}
	stop := func(how string) {
		timelineTrace.Log(timelineContext.Background(), "timeline", how)
		timelineTrace.Stop()
		f.Close()
	}
	timelineTime.AfterFunc(timelineTime.Hour, func() {
		stop("forever")
		timelineOS.Exit(0)
	})
	timelineTrace.Log(timelineContext.Background(), "clock", timelineFmt.Sprint(timelineTime.Now().UnixNano()))
	timelineTrace.Log(timelineContext.Background(), "timeline", "begin")
	if timelineOS.Getenv("TIMELINE_AFTER") == "" {
		defer stop("end")
		timelineMain()
		return
	}
	timelineMain()
	timelineTrace.Log(timelineContext.Background(), "timeline", "end")
	timelineTime.Sleep(10 * timelineTime.Minute)
	stop("after")
	timelineOS.Exit(0)
}

// A timelineFile does not fill the disk.
type timelineFile struct {
	*timelineOS.File
	size int
}

func (f *timelineFile) Write(p []byte) (int, error) {
	if f.size += len(p); f.size > 16<<20 {
		timelineOS.Stderr.WriteString("` + TooMuch + `")
		timelineOS.Exit(1)
	}
	return f.File.Write(p)
}

func timelineNotify(chan<- timelineOS.Signal, ...timelineOS.Signal) {
	timelineOS.Stderr.WriteString("` + Listens + `")
	timelineOS.Exit(1)
}

func timelineExec(string, []string, []string) error {
	timelineOS.Stderr.WriteString("` + Leaves + `")
	timelineOS.Exit(1)
	return nil
}

func timelineNotifyContext(ctx timelineContext.Context, _ ...timelineOS.Signal) (
	_ timelineContext.Context, _ timelineContext.CancelFunc) {
	timelineNotify(nil)
	return
}

func timelineFprint(w timelineIO.Writer, a ...interface{}) (int, error) {
	if w == timelineOS.Stdout {
		return timelinePrint(a...)
	}
	return timelineFmt.Fprint(w, a...)
}

func timelineFprintln(w timelineIO.Writer, a ...interface{}) (int, error) {
	if w == timelineOS.Stdout {
		return timelinePrintln(a...)
	}
	return timelineFmt.Fprintln(w, a...)
}

func timelineFprintf(w timelineIO.Writer, format string, a ...interface{}) (int, error) {
	if w == timelineOS.Stdout {
		return timelinePrintf(format, a...)
	}
	return timelineFmt.Fprintf(w, format, a...)
}

func timelinePrint(a ...interface{}) (int, error) {
	timelineTrace.Log(timelineContext.Background(), "print", timelineFmt.Sprint(a...))
	return timelineFmt.Print(a...)
}

func timelinePrintln(a ...interface{}) (int, error) {
	timelineTrace.Log(timelineContext.Background(), "print", timelineFmt.Sprintln(a...))
	return timelineFmt.Println(a...)
}

func timelinePrintf(format string, a ...interface{}) (int, error) {
	timelineTrace.Log(timelineContext.Background(), "print", timelineFmt.Sprintf(format, a...))
	return timelineFmt.Printf(format, a...)
}

func timelineSetLabels(ctx timelineContext.Context) {
	timelinePprof.SetGoroutineLabels(ctx)
	timelinePprof.ForLabels(ctx, func(key, value string) bool {
		timelineTrace.Log(ctx, "label", value)
		return false
	})
}

func timelineDo(ctx timelineContext.Context, labels timelinePprof.LabelSet, f func(timelineContext.Context)) {
	timelinePprof.Do(ctx, labels, func(ctx timelineContext.Context) {
		timelineSetLabels(ctx)
		f(ctx)
	})
}
`

// ours does what the function of the library does, and tells the trace of it.
var ours = map[string]string{
	"os/signal.Notify":                 "timelineNotify",
	"syscall.Exec":                     "timelineExec",
	"os/signal.NotifyContext":          "timelineNotifyContext",
	"fmt.Print":                        "timelinePrint",
	"fmt.Println":                      "timelinePrintln",
	"fmt.Printf":                       "timelinePrintf",
	"fmt.Fprint":                       "timelineFprint",
	"fmt.Fprintln":                     "timelineFprintln",
	"fmt.Fprintf":                      "timelineFprintf",
	"runtime/pprof.Do":                 "timelineDo",
	"runtime/pprof.SetGoroutineLabels": "timelineSetLabels",
}

// Program returns the files of a package main, by name, so changed that the program writes
// its trace to the file that TIMELINE names. No line moves to another place.
func Program(files map[string][]byte) (map[string][]byte, error) {
	out := map[string][]byte{File: []byte(added)}
	mains := 0
	for name, src := range files {
		changes, isMain, err := edits(name, src)
		if err != nil {
			return nil, err
		}
		if isMain {
			mains++
		}
		out[name] = edit.Apply(src, changes)
	}
	switch {
	case mains == 0:
		return nil, errors.New("it has no function main; a program has one")
	case mains > 1:
		return nil, fmt.Errorf("%d functions main; a program has exactly one", mains)
	}
	return out, nil
}

// edits finds what must be replaced in one file, and whether main is there.
func edits(name string, src []byte) (all []edit.Edit, isMain bool, err error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, src, parser.SkipObjectResolution)
	if err != nil {
		return nil, false, err
	}
	if file.Name.Name != "main" {
		return nil, false, fmt.Errorf("%s: package %s; only a package main can run", name, file.Name.Name)
	}
	replace := func(n ast.Node, with string) {
		all = append(all, edit.Edit{From: fset.Position(n.Pos()).Offset, To: fset.Position(n.End()).Offset, New: with})
	}
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "main" {
			isMain = true
			replace(f.Name, Main)
		}
	}
	used := map[*types.PkgName]string{}
	packages := packagesUsed(fset, file)
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && packages[x] != nil {
				if with, ok := ours[packages[x].Imported().Path()+"."+s.Sel.Name]; ok {
					used[packages[x]] = x.Name + "." + s.Sel.Name
					replace(s, with)
				}
			}
		}
		return true
	})
	for _, function := range slices.Sorted(maps.Values(used)) { // or the import might be unused now
		all = append(all, edit.Edit{From: len(src), To: len(src), New: "\nvar _ = " + function + "\n"})
	}
	return all, isMain, nil
}

// packagesUsed finds the identifiers that stand for an imported package, by whatever name, and
// not for a variable of that name. It needs no more of the packages than their paths.
func packagesUsed(fset *token.FileSet, file *ast.File) map[*ast.Ident]*types.PkgName {
	info := types.Info{Uses: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: noImporter{}, Error: func(error) {}} // the compiler tells of errors
	_, _ = config.Check("main", fset, []*ast.File{file}, &info)
	found := map[*ast.Ident]*types.PkgName{}
	for x, object := range info.Uses {
		if pkg, ok := object.(*types.PkgName); ok {
			found[x] = pkg
		}
	}
	return found
}

type noImporter struct{}

func (noImporter) Import(string) (*types.Package, error) { return nil, errors.New("not needed") }
