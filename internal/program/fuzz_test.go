package program

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/awaitless/awaitless/internal/scripttest"
)

// library is what the packages of the fuzz test may import: a package of each of these names,
// with a little of what the real one has. The compiler need not run for it.
var library = map[string]string{
	"fmt":     "func Print(...any) (int, error)\nfunc Println(...any) (int, error)\nfunc Printf(string, ...any) (int, error)\nfunc Sprint(...any) string\nfunc Errorf(string, ...any) error\ntype Stringer interface{ String() string }",
	"strings": "func Fields(string) []string\ntype Builder struct{}\nfunc (*Builder) String() string",
	"sync":    "type Mutex struct{}\nfunc (*Mutex) Lock()\nfunc (*Mutex) Unlock()",
	"os":      "var Args []string\nfunc Exit(int)",
	"errors":  "func New(string) error",
	"time":    "type Duration int64\nconst Second Duration = 1\nfunc Sleep(Duration)",
}

type fakes map[string]*types.Package

func (f fakes) Import(path string) (*types.Package, error) {
	if p := f[path]; p != nil {
		return p, nil
	}
	src, ok := library[path]
	if !ok {
		return nil, types.Error{Msg: "no package " + path}
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, "package "+path+"\n"+src, 0)
	if err != nil {
		return nil, err
	}
	conf := types.Config{IgnoreFuncBodies: true}
	f[path], err = conf.Check(path, fset, []*ast.File{file}, nil)
	return f[path], err
}

// FuzzProgram makes the programs of any package of one file that compiles. Each is a fault with a
// place, or a program that compiles as well.
func FuzzProgram(f *testing.F) {
	for _, files := range scripttest.Archives(f, "testdata/*.txtar") {
		for _, file := range files {
			f.Add(string(file.Data) + "\nfunc Example_seed() {}\n")
		}
	}
	f.Add("package p\n\nimport . \"fmt\"\n\ntype T[A any] struct{ a A }\n\nfunc (t T[A]) String() string { return Sprint(t.a) }\n\nvar _ = Println(x)\n\nvar x, y = 1, T[int]{2}\n\nfunc init() { z++ }\n\nvar z int\n\nfunc Example() {\n\tPrintln(y, z)\n\t// Output:\n}\n")
	f.Add("package p\n\nimport (\n\tf \"fmt\"\n\t\"os\"\n)\n\ntype (\n\tA = B\n\tB interface{ ~int }\n)\n\nfunc g[T A](t T) (u T) { //docs:snippet a\n\treturn\n}\n\nconst (\n\tone = iota\n\ttwo\n)\n\nfunc Example() {\nl:\n\tfor range g(two) {\n\t\tbreak l\n\t}\n\tf.Print(os.Args)\n}\n")
	imports := fakes{}
	f.Fuzz(func(t *testing.T, src string) {
		const name = "/m/p/p_test.go"
		s := &Set{dir: "/m", fset: token.NewFileSet(), examples: map[string]*example{}}
		text := map[string][]byte{name: []byte(src)}
		syntax, err := (&sources{bytes: map[string][]byte{}}).parse(s.fset, name, text[name])
		if err != nil || strings.Contains(src, "//line") || strings.Contains(src, "/*line") {
			return
		}
		p := &packages.Package{PkgPath: "m/p", ForTest: "m/p", GoFiles: []string{name}, Syntax: []*ast.File{syntax},
			Module: &packages.Module{Path: "m"}, TypesInfo: &types.Info{
				Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
				Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
				Instances: map[*ast.Ident]types.Instance{}, Types: map[ast.Expr]types.TypeAndValue{},
			}}
		conf := types.Config{Importer: imports}
		if p.Types, err = conf.Check("m/p", s.fset, p.Syntax, p.TypesInfo); err != nil {
			return
		}
		s.add(newPkg(s.fset, p, text))
		for _, example := range s.Names() {
			made, err := s.Program(example)
			if err != nil {
				if strings.Contains(err.Error(), "its program does not") || !strings.HasPrefix(err.Error(), "p/p_test.go:") {
					t.Fatalf("%v:\n%s", err, src)
				}
				continue
			}
			fset := token.NewFileSet()
			file, err := parser.ParseFile(fset, "main.go", made.Source, 0)
			if err == nil {
				_, err = conf.Check("main", fset, []*ast.File{file}, nil)
			}
			if err != nil {
				t.Fatalf("%v:\n%s", err, made.Source)
			}
		}
	})
}
