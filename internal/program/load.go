package program

import (
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"go/version"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/awaitless/awaitless/internal/source/syntax"
)

// mode loads the named packages from source and what they import from export data, which the
// build cache holds: that is what makes Load quick.
const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles |
	packages.NeedImports | packages.NeedExportFile | packages.NeedTypes | packages.NeedSyntax |
	packages.NeedTypesInfo | packages.NeedForTest | packages.NeedModule

// Load loads the packages that the patterns match, with their tests, in one go. dir is the root
// of the module. An error of loading or of types is an error of Load, since a package with
// errors would lose Examples in silence.
func Load(dir string, patterns ...string) (*Set, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		abs = real // go list reports real paths
	}
	s := &Set{dir: abs, fset: token.NewFileSet(), examples: map[string]*example{}}
	src := sources{bytes: map[string][]byte{}}
	cfg := &packages.Config{Mode: mode, Dir: abs, Tests: true, Fset: s.fset, ParseFile: src.parse}
	loaded, err := packages.Load(cfg, patterns...)
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	if err := s.loadErrors(loaded); err != nil {
		return nil, err
	}
	if err := s.checkMissing(loaded, patterns); err != nil {
		return nil, err
	}
	for _, p := range loaded {
		if p.ForTest != "" && p.Types != nil {
			s.add(newPkg(s.fset, p, src.bytes))
		}
	}
	return s, nil
}

// sources keeps the bytes of each file that is parsed. The loader calls parse concurrently.
type sources struct {
	sync.Mutex
	bytes map[string][]byte
}

func (s *sources) parse(fset *token.FileSet, name string, src []byte) (*ast.File, error) {
	src = syntax.LF(src)
	s.Lock()
	s.bytes[name] = src
	s.Unlock()
	return parser.ParseFile(fset, name, src, parser.AllErrors|parser.ParseComments|parser.SkipObjectResolution)
}

// loadErrors joins the errors of all packages, each once: a package and its test variant report
// the same ones.
func (s *Set) loadErrors(loaded []*packages.Package) error {
	var errs, compiler []error
	seen := map[string]bool{}
	packages.Visit(loaded, nil, func(p *packages.Package) {
		for _, e := range p.Errors {
			msg := e.Msg
			if e.Pos != "" && e.Pos != "-" {
				msg = s.relative(dropColumn(e.Pos)) + ": " + e.Msg
			}
			switch {
			case seen[msg]:
			case strings.HasPrefix(msg, "# "):
				compiler = append(compiler, errors.New(msg))
			default:
				errs = append(errs, errors.New(msg))
			}
			seen[msg] = true
		}
	})
	if len(errs) == 0 {
		errs = compiler // of a dependency; for our own packages it repeats the errors of types
	}
	return errors.Join(errs...)
}

// dropColumn turns file:line:column into file:line.
func dropColumn(pos string) string {
	if parts := strings.Split(pos, ":"); len(parts) > 2 {
		return strings.Join(parts[:len(parts)-1], ":")
	}
	return pos
}

// add lists the Examples of one package.
func (s *Set) add(p *pkg) {
	for _, f := range p.files {
		if !strings.HasSuffix(f.name, "_test.go") {
			continue
		}
		for _, d := range f.syntax.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok && syntax.IsExample(fd) {
				ex := &example{p, f, fd, p.external}
				s.examples[p.prefix+"."+fd.Name.Name] = ex
			}
		}
	}
}

// An example is an Example function and where it stands.
type example struct {
	pkg      *pkg
	file     *file
	decl     *ast.FuncDecl
	external bool // it stands in package p_test
}

// A pkg is a package with its test files.
type pkg struct {
	types    *types.Package
	info     *types.Info
	module   string
	release  string // of Go, that the module needs: go1.26
	prefix   string // of the Examples' names
	external bool
	files    []*file // in source order
	units    []*unit // in source order
	byObject map[types.Object]*unit
}

// A file is one source file.
type file struct {
	name   string
	syntax *ast.File
	src    []byte
	cgo    bool
}

func newPkg(fset *token.FileSet, p *packages.Package, src map[string][]byte) *pkg {
	out := &pkg{types: p.Types, info: p.TypesInfo, byObject: map[types.Object]*unit{}}
	out.external = p.PkgPath != p.ForTest
	if p.Module != nil {
		out.module = p.Module.Path
		out.release = version.Lang("go" + p.Module.GoVersion)
	}
	out.prefix = prefix(out.module, p.ForTest)
	for _, syntax := range p.Syntax {
		name := fset.File(syntax.FileStart).Name()
		// The loader hands over what cgo made of a file, which stands in no source folder.
		cgo := !slices.Contains(p.GoFiles, name)
		out.files = append(out.files, &file{name, syntax, src[name], cgo})
	}
	slices.SortFunc(out.files, func(a, b *file) int {
		at, bt := strings.HasSuffix(a.name, "_test.go"), strings.HasSuffix(b.name, "_test.go")
		if at != bt {
			if at {
				return 1
			}
			return -1
		}
		return strings.Compare(a.name, b.name)
	})
	out.index()
	return out
}

// prefix is the part of an Example's name that tells its package: the folder below examples/,
// or below the module root where there is no such folder.
func prefix(module, pkgPath string) string {
	dir, ok := strings.CutPrefix(pkgPath, module+"/")
	if !ok {
		return path.Base(pkgPath)
	}
	if below, ok := strings.CutPrefix(dir, "examples/"); ok {
		return below
	}
	return dir
}
