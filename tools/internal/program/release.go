package program

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"go/version"
	"regexp"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/analysis/passes/stdversion"
	"golang.org/x/tools/go/ast/inspector"
)

// oldest is the first release whose loop variables (1.22) and timers (1.23) are those that the
// Examples were written for.
const oldest = "go1.23"

// release is the first release of Go that has the language and the standard library which src, a
// program without its head, needs. It is an error if src does not compile.
func (p *pkg) release(src []byte) (string, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "main.go", src, parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	releases := build.Default.ReleaseTags // go1.1 and so on, up to this one
	releases = releases[slices.Index(releases, oldest):]
	for _, lang := range releases {
		info := &types.Info{Uses: map[*ast.Ident]types.Object{}, FileVersions: map[*ast.File]string{}}
		conf := types.Config{GoVersion: lang, Importer: p}
		var main *types.Package
		if main, err = conf.Check("main", fset, []*ast.File{f}, info); err == nil {
			return libraryRelease(main, f, info, lang)
		}
	}
	return "", err
}

// Import finds what the package itself imports: a program imports no other package.
func (p *pkg) Import(path string) (*types.Package, error) {
	for _, dep := range p.types.Imports() {
		if dep.Path() == path {
			return dep, nil
		}
	}
	return nil, fmt.Errorf("%s is not imported", path)
}

var requires = regexp.MustCompile(`requires (go1\.\d+)`)

// libraryRelease is the first release with all of the standard library that the file uses, and at
// least lang. The analyzer of go vet knows it.
func libraryRelease(main *types.Package, f *ast.File, info *types.Info, lang string) (string, error) {
	first := lang
	pass := &analysis.Pass{
		Analyzer: stdversion.Analyzer, Files: []*ast.File{f}, Pkg: main, TypesInfo: info,
		ResultOf: map[*analysis.Analyzer]any{inspect.Analyzer: inspector.New([]*ast.File{f})},
		Report: func(d analysis.Diagnostic) {
			if m := requires.FindStringSubmatch(d.Message); m != nil && version.Compare(m[1], first) > 0 {
				first = m[1]
			}
		},
	}
	_, err := stdversion.Analyzer.Run(pass)
	return first, err
}
