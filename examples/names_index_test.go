package examples

import (
	"go/ast"
	"go/types"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

// blockNames is what a block of Go declares and uses, as pkg.Name or
// pkg.Type.Method. What a function declares inside is its own affair.
type blockNames struct{ declares, uses []string }

// chapterBlocks returns the names of each block that a page can quote,
// by its selector.
func chapterBlocks(t *testing.T) map[string]*blockNames {
	t.Helper()
	blocks, err := loadBlocks()
	require.NoError(t, err)
	require.NotEmpty(t, blocks)
	return blocks
}

// loadBlocks reads the packages once, for all tests.
var loadBlocks = sync.OnceValues(func() (
	map[string]*blockNames, error,
) {
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedImports |
			packages.NeedExportFile | packages.NeedTypes |
			packages.NeedSyntax | packages.NeedTypesInfo |
			packages.NeedForTest,
		Dir: root, Tests: true,
	}, "./examples/...")
	if err != nil {
		return nil, err
	}
	blocks := map[string]*blockNames{}
	for _, p := range loaded {
		if len(p.Errors) > 0 {
			return nil, p.Errors[0]
		}
		_, below, _ := strings.Cut(p.ForTest, "/examples/")
		if below == "" || p.PkgPath != p.ForTest {
			continue // the suite itself, or a package without its tests
		}
		r := nameReader{p, below + ".", blocks}
		for _, f := range p.Syntax {
			for _, d := range f.Decls {
				r.declaration(f, d)
			}
		}
	}
	return blocks, nil
})

// TestChapterBlocks shows what is read of a block: what it declares,
// and what it uses, in a labelled statement too. What is not read, no
// page could lack.
func TestChapterBlocks(t *testing.T) {
	t.Parallel()
	blocks := chapterBlocks(t)
	assert.Equal(t, []string{"gather.All"},
		blocks["gather.All"].declares)
	assert.Subset(t, blocks["gather.All"].uses,
		[]string{"gather.Job", "gather.sound"})
	assert.Contains(t, blocks["timeouts.ExampleWorker"].uses,
		"timeouts.Worker.Stop")
	assert.Equal(t, []string{"gather.Result"},
		blocks["gather.start/buffer"].uses)
}

// A nameReader reads the declarations of one package.
type nameReader struct {
	*packages.Package
	prefix string // of every name in the package
	blocks map[string]*blockNames
}

func (r nameReader) declaration(f *ast.File, d ast.Decl) {
	b := &blockNames{uses: r.uses(d)}
	switch d := d.(type) {
	case *ast.FuncDecl:
		b.declares = r.names(d.Name)
		if d.Body != nil {
			r.labels(f, d)
		}
	case *ast.GenDecl: // each name stands for the whole group
		var ids []*ast.Ident
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				ids = append(ids, spec.Name)
			case *ast.ValueSpec:
				ids = append(ids, spec.Names...)
			}
		}
		b.declares = r.names(ids...)
	}
	for _, name := range b.declares {
		r.blocks[name] = b
	}
}

func (r nameReader) names(ids ...*ast.Ident) (names []string) {
	for _, id := range ids {
		if name := r.name(r.TypesInfo.Defs[id]); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// labels adds the statements that a //docs:snippet comment names.
func (r nameReader) labels(f *ast.File, d *ast.FuncDecl) {
	for _, group := range f.Comments {
		for _, c := range group.List {
			label, ok := strings.CutPrefix(c.Text, "//docs:snippet ")
			if !ok || c.Pos() < d.Pos() || c.End() > d.End() {
				continue
			}
			name := r.names(d.Name)[0] + "/" + label
			uses := r.uses(statementAfter(d.Body, c))
			r.blocks[name] = &blockNames{uses: uses}
		}
	}
}

// statementAfter is the outermost of the next statements.
func statementAfter(body ast.Node, c *ast.Comment) (next ast.Node) {
	ast.Inspect(body, func(n ast.Node) bool {
		_, ok := n.(ast.Stmt)
		if ok && n.Pos() > c.End() &&
			(next == nil || n.Pos() < next.Pos()) {
			next = n
		}
		return true
	})
	return next
}

func (r nameReader) uses(n ast.Node) (names []string) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if name := r.name(r.TypesInfo.Uses[id]); name != "" {
				names = append(names, name)
			}
		}
		return true
	})
	return names
}

// name returns the full name of what the package declares at its top
// level, or nothing. Fields, and methods of interfaces, stand in their
// type.
func (r nameReader) name(o types.Object) string {
	if o == nil || o.Pkg() != r.Types {
		return ""
	}
	if o.Parent() == r.Types.Scope() {
		return r.prefix + o.Name()
	}
	f, ok := o.(*types.Func)
	if !ok || f.Signature().Recv() == nil {
		return ""
	}
	recv := f.Origin().Signature().Recv().Type()
	if p, ok := recv.(*types.Pointer); ok {
		recv = p.Elem()
	}
	named, ok := recv.(*types.Named)
	if !ok || types.IsInterface(recv) {
		return ""
	}
	return r.prefix + named.Obj().Name() + "." + o.Name()
}
