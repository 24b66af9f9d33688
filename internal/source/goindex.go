package source

import (
	"bytes"
	"go/ast"
	"go/token"

	"github.com/awaitless/awaitless/internal/source/syntax"
)

// An indexer fills a goFile from its syntax tree.
type indexer struct {
	*goFile
	file *token.File
	fset *token.FileSet
	tree *ast.File
}

func (x *indexer) index() {
	if bytes.IndexByte(x.src, '`') >= 0 {
		x.findRaw()
	}
	for _, d := range x.tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			x.function(d)
		case *ast.GenDecl:
			if d.Tok != token.IMPORT {
				x.group(d)
			}
		}
	}
	if bytes.Contains(x.src, []byte(syntax.Directive)) {
		x.findMarks()
	}
}

func (x *indexer) offset(p token.Pos) int { return x.file.Offset(p) }

func (x *indexer) line(p token.Pos) int { return x.file.PositionFor(p, false).Line }

// extent is a node with its doc comment and the comments at the end of its last line.
func (x *indexer) extent(n ast.Node, doc *ast.CommentGroup) span {
	from := n.Pos()
	if doc != nil {
		from = doc.Pos()
	}
	return span{x.offset(from), x.offset(syntax.LineEnd(x.fset, x.tree.Comments, n.End()))}
}

func (x *indexer) function(d *ast.FuncDecl) {
	name := d.Name.Name
	if d.Recv.NumFields() > 0 { // the parser lets an empty receiver through
		name = receiverName(d.Recv.List[0].Type) + "." + name
	}
	decl := &goDecl{name: name, file: x.goFile, line: x.line(d.Pos()), shown: x.extent(d, d.Doc)}
	if syntax.IsExample(d) {
		x.example(decl, d)
	}
	x.findWide(d)
	x.decls = append(x.decls, decl)
}

// findWide notes how far gofmt moved the body of a function of one line, and a comment behind it,
// to stand below those of its neighbours. Shown alone, such a function has none.
func (x *indexer) findWide(d *ast.FuncDecl) {
	if d.Body == nil || x.line(d.Type.Pos()) != x.line(d.Body.Rbrace) {
		return
	}
	for _, at := range []int{x.offset(d.Body.Lbrace), x.offset(d.Body.Rbrace) + 1} {
		s := span{at, at}
		for s.from > 0 && x.src[s.from-1] == ' ' {
			s.from--
		}
		for s.to < len(x.src) && x.src[s.to] == ' ' {
			s.to++
		}
		if s.to-s.from > 1 {
			x.wide = append(x.wide, span{s.from + 1, s.to})
		}
	}
}

// example makes an Example stand for its body, without the output comment.
func (x *indexer) example(decl *goDecl, d *ast.FuncDecl) {
	decl.example = true
	decl.shown = span{x.offset(d.Body.Lbrace) + 1, x.offset(d.Body.Rbrace)}
	if out, ok := syntax.FindOutput(d.Body, x.tree.Comments); ok {
		decl.output = &out
		decl.drop = span{x.offset(out.Comment.Pos()), x.offset(out.Comment.End())}
		decl.output.Comment = nil // or it would keep the tree
	}
}

// receiverName is the name of a method's type.
func receiverName(t ast.Expr) string {
	for {
		switch e := t.(type) {
		case *ast.StarExpr:
			t = e.X
		case *ast.ParenExpr:
			t = e.X
		case *ast.IndexExpr:
			t = e.X
		case *ast.IndexListExpr:
			t = e.X
		case *ast.Ident:
			return e.Name
		default:
			return ""
		}
	}
}

// group lets each name of a const, var or type declaration stand for the whole of it.
func (x *indexer) group(d *ast.GenDecl) {
	shown, line := x.extent(d, d.Doc), x.line(d.Pos())
	for _, name := range declared(d) {
		x.decls = append(x.decls, &goDecl{name: name.Name, file: x.goFile, line: line, shown: shown})
	}
}

// findRaw notes the raw strings of more than one line.
func (x *indexer) findRaw() {
	ast.Inspect(x.tree, func(n ast.Node) bool {
		lit, ok := n.(*ast.BasicLit)
		if ok && lit.Kind == token.STRING && lit.Value[0] == '`' {
			s := span{x.offset(lit.Pos()), x.offset(lit.End())}
			if bytes.IndexByte(x.src[s.from:s.to], '\n') >= 0 {
				x.raw = append(x.raw, s)
			}
		}
		return true
	})
}

// findMarks notes the //docs:snippet lines, and gives each to its function.
func (x *indexer) findMarks() {
	for _, group := range x.tree.Comments {
		for _, c := range group.List {
			if !syntax.IsDirective(c) {
				continue
			}
			x.marks = append(x.marks, span{x.offset(c.Pos()), x.offset(c.End())})
			x.mark(c)
		}
	}
}

func (x *indexer) mark(c *ast.Comment) {
	i := 0 // of the declaration in x.decls
	for _, d := range x.tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Body != nil && d.Body.Pos() < c.Pos() && c.End() < d.Body.End() {
				l := &label{name: labelName(c), line: x.line(c.Pos())}
				if s := statementAfter(d.Body, c); s != nil {
					to := syntax.LineEnd(x.fset, x.tree.Comments, s.End())
					l.stmt = span{x.offset(c.End()), x.offset(to)}
				}
				x.decls[i].labels = append(x.decls[i].labels, l)
				return
			}
			i++
		case *ast.GenDecl:
			i += len(declared(d))
		}
	}
	x.stray = append(x.stray, x.line(c.Pos()))
}

// declared lists the names of a const, var or type declaration.
func declared(d *ast.GenDecl) (names []*ast.Ident) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			names = append(names, spec.Name)
		case *ast.ValueSpec:
			names = append(names, spec.Names...)
		}
	}
	return names
}

// statementAfter is the statement that follows the comment in the innermost list of statements
// around it, or nil.
func statementAfter(body *ast.BlockStmt, c *ast.Comment) (next ast.Stmt) {
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil || n.End() < c.Pos() || n.Pos() > c.End() {
			return false
		}
		var list []ast.Stmt
		switch n := n.(type) {
		case *ast.BlockStmt:
			list = n.List
		case *ast.CaseClause:
			list = n.Body
		case *ast.CommClause:
			list = n.Body
		default:
			next = nil // inside a statement, such as the elements of a literal
			return true
		}
		next = nil
		for _, s := range list {
			if s.Pos() > c.End() {
				next = s
				break
			}
		}
		return true
	})
	return next
}
