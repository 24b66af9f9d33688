package program

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
)

// check reports why src, a program without its head, does not compile.
func (p *pkg) check(src []byte) error {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "main.go", src, parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	conf := types.Config{GoVersion: p.release, Importer: p}
	_, err = conf.Check("main", fset, []*ast.File{f}, nil)
	return err
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
