package check

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/defers"
	"golang.org/x/tools/go/analysis/passes/httpresponse"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/analysis/passes/printf"
	"golang.org/x/tools/go/analysis/passes/sigchanyzer"
	"golang.org/x/tools/go/analysis/passes/unreachable"
	"golang.org/x/tools/go/analysis/passes/unusedresult"
	"golang.org/x/tools/go/analysis/passes/waitgroup"
	"golang.org/x/tools/go/packages"

	"github.com/awaitless/awaitless/internal/mutate"
)

// analyzers are those of go vet that can see a fault of concurrency.
var analyzers = []*analysis.Analyzer{
	copylock.Analyzer, defers.Analyzer, httpresponse.Analyzer, lostcancel.Analyzer,
	printf.Analyzer, sigchanyzer.Analyzer, unreachable.Analyzer, unusedresult.Analyzer,
	waitgroup.Analyzer,
}

// vet returns what go vet says of a package, or nothing.
func vet(p *mutate.Package, c *checked) string {
	pkg := &packages.Package{
		ID: p.Path, Name: p.Name, PkgPath: p.Path, Dir: p.Dir, Module: p.Module,
		Fset: p.Fset, Syntax: c.files, Types: c.types, TypesInfo: c.info, TypesSizes: p.Sizes,
		Imports: map[string]*packages.Package{},
	}
	if pkg.TypesSizes == nil {
		pkg.TypesSizes = types.SizesFor("gc", "amd64")
	}
	graph, err := checker.Analyze(analyzers, []*packages.Package{pkg}, nil)
	if err != nil {
		return ""
	}
	var said []string
	for _, root := range graph.Roots {
		for _, d := range root.Diagnostics {
			said = append(said, root.Analyzer.Name+": "+d.Message)
		}
	}
	return strings.Join(said, "; ")
}
