package timeline

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// renamed is what the program's main is called, so that ours can call it.
const renamed = "timelineMain"

// addedFile is the name of the file that instrument adds.
const addedFile = "timeline_main.go"

// added is its text. What it declares and imports begins with timeline: a package may have a
// variable context, and then no file of it can import one. The last resort, a timer, ends what
// would wait for ever: tracing keeps the runtime from seeing a deadlock.
const added = `package main

import (
	timelineContext "context"
	timelineFmt "fmt"
	timelineOS "os"
	timelinePprof "runtime/pprof"
	timelineTrace "runtime/trace"
	timelineTime "time"
)

func main() {
	f, err := timelineOS.Create(timelineOS.Getenv("TIMELINE"))
	if err != nil {
		panic(err)
	}
	if err := timelineTrace.Start(f); err != nil {
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
	timelineTrace.Log(timelineContext.Background(), "timeline", "begin")
	defer stop("end")
	timelineMain()
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
	"fmt.Print":                        "timelinePrint",
	"fmt.Println":                      "timelinePrintln",
	"fmt.Printf":                       "timelinePrintf",
	"runtime/pprof.Do":                 "timelineDo",
	"runtime/pprof.SetGoroutineLabels": "timelineSetLabels",
}

// instrument returns the files of a package main, by name, so changed that the program writes
// its trace to the file that TIMELINE names. No line moves to another place.
func instrument(files map[string][]byte) (map[string][]byte, error) {
	out := map[string][]byte{addedFile: []byte(added)}
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
	for _, function := range used { // or the import might be unused now
		edits = append(edits, replacement{len(src), len(src), "\nvar _ = " + function + "\n"})
	}
	return edits, isMain, nil
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
