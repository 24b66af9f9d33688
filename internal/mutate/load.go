package mutate

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"

	"golang.org/x/tools/go/packages"
)

// A Package is one package whose code is changed, without its tests.
type Package struct {
	Name string
	Path string // the import path
	Dir  string

	fset    *token.FileSet
	files   []*file
	types   *types.Package
	info    *types.Info
	imports map[string]*types.Package
	sizes   types.Sizes
	module  *packages.Module
}

// A file is one file of a package, as it is.
type file struct {
	path string
	src  []byte
	ast  *ast.File
	tok  *token.File
}

// offset is where pos is in the file.
func (f *file) offset(pos token.Pos) int { return f.tok.Offset(pos) }

// text is the source of n.
func (f *file) text(n ast.Node) string {
	return string(f.src[f.offset(n.Pos()):f.offset(n.End())])
}

const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedExportFile | packages.NeedTypes | packages.NeedSyntax |
	packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedModule

// Load loads the packages that the patterns match, without their tests. dir is in their module.
// Packages without a test file are left out: nothing could notice a fault in them.
func Load(dir string, patterns ...string) ([]*Package, error) {
	cfg := &packages.Config{Mode: mode, Dir: dir, Fset: token.NewFileSet(), ParseFile: parse}
	loaded, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	var errs []error
	packages.Visit(loaded, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			errs = append(errs, e)
		}
	})
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	var all []*Package
	for _, p := range loaded {
		pkg, err := newPackage(cfg.Fset, p)
		if err != nil {
			return nil, err
		}
		if tests, _ := filepath.Glob(filepath.Join(pkg.Dir, "*_test.go")); len(tests) > 0 && len(pkg.files) > 0 {
			all = append(all, pkg)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%q match no package with Go files and tests", patterns)
	}
	return all, nil
}

func parse(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	return parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
}

func newPackage(fset *token.FileSet, p *packages.Package) (*Package, error) {
	pkg := &Package{Name: p.Name, Path: p.PkgPath, Dir: p.Dir, fset: fset, types: p.Types,
		info: p.TypesInfo, sizes: p.TypesSizes, module: p.Module, imports: map[string]*types.Package{}}
	for path, dep := range p.Imports {
		pkg.imports[path] = dep.Types
	}
	for i, syntax := range p.Syntax {
		src, err := os.ReadFile(p.CompiledGoFiles[i])
		if err != nil {
			return nil, err
		}
		pkg.files = append(pkg.files, &file{
			path: p.CompiledGoFiles[i], src: src, ast: syntax, tok: fset.File(syntax.FileStart)})
	}
	return pkg, nil
}

// Import makes a Package an importer of what it imports.
func (p *Package) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if dep := p.imports[path]; dep != nil {
		return dep, nil
	}
	return nil, fmt.Errorf("no import %q", path)
}
