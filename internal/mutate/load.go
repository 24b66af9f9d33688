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

	Fset   *token.FileSet
	Files  []*File
	Types  *types.Package
	Info   *types.Info
	Sizes  types.Sizes
	Module *packages.Module // nil outside of a module

	imports map[string]*types.Package
}

// A File is one file of a package, as it is.
type File struct {
	Path string
	Src  []byte
	AST  *ast.File
	Tok  *token.File
}

// A Decl is a top-level declaration that may have mutants.
type Decl struct {
	File *File
	Func *ast.FuncDecl // nil for variables and constants
	Name string
}

// Offset is where pos is in the file, in bytes.
func (f *File) Offset(pos token.Pos) int { return f.Tok.Offset(pos) }

// Text is the source of n.
func (f *File) Text(n ast.Node) string {
	return string(f.Src[f.Offset(n.Pos()):f.Offset(n.End())])
}

const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedExportFile | packages.NeedTypes | packages.NeedSyntax |
	packages.NeedTypesInfo | packages.NeedTypesSizes | packages.NeedModule

// Load loads the packages that the patterns match, without their tests. dir is in their module.
// Packages without a test file are left out: nothing could notice a fault in them.
func Load(dir string, patterns ...string) ([]*Package, error) {
	cfg := &packages.Config{Mode: mode, Dir: dir, Fset: token.NewFileSet(), ParseFile: Parse}
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
		if tests, _ := filepath.Glob(filepath.Join(pkg.Dir, "*_test.go")); len(tests) > 0 && len(pkg.Files) > 0 {
			all = append(all, pkg)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%q match no package with Go files and tests", patterns)
	}
	return all, nil
}

// Parse reads a file as Load does.
func Parse(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	return parser.ParseFile(fset, name, src, parser.ParseComments|parser.SkipObjectResolution)
}

func newPackage(fset *token.FileSet, p *packages.Package) (*Package, error) {
	pkg := &Package{Name: p.Name, Path: p.PkgPath, Dir: p.Dir, Fset: fset, Types: p.Types,
		Info: p.TypesInfo, Sizes: p.TypesSizes, Module: p.Module, imports: map[string]*types.Package{}}
	for path, dep := range p.Imports {
		pkg.imports[path] = dep.Types
	}
	for i, syntax := range p.Syntax {
		src, err := os.ReadFile(p.CompiledGoFiles[i])
		if err != nil {
			return nil, err
		}
		pkg.Files = append(pkg.Files, &File{
			Path: p.CompiledGoFiles[i], Src: src, AST: syntax, Tok: fset.File(syntax.FileStart)})
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
