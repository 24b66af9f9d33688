package operator

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/edit"
	"github.com/awaitless/awaitless/internal/mutate"
)

// ends are the calls that end something or wait for an end: whether they come, and when, is
// what concurrent code is about.
var ends = regexp.MustCompile(
	`^(cancel|close|stop|[a-z]*[cC]ancel|Close|Stop|Unlock|RUnlock|Wait|Release|Done|End|Broadcast|Signal|Shutdown|Cancel|Reset)$`)

// statements finds the faults of a list of statements.
func (f *finder) statements(list []ast.Stmt) {
	for i, stmt := range list {
		switch stmt.(type) {
		case *ast.CommClause, *ast.CaseClause:
			return // the list of a select or a switch
		}
		f.statement(stmt)
		if f.waits(stmt) {
			f.early(stmt)
		}
		if i+1 < len(list) {
			f.swap(stmt, list[i+1])
		}
		f.unlocked(stmt, list[i+1:])
	}
}

func (f *finder) statement(stmt ast.Stmt) {
	switch s := stmt.(type) {
	case *ast.DeferStmt:
		f.deferred(s)
	case *ast.GoStmt:
		f.change("go", s, f.Text(s.Call))
		f.dropped("go", s)
	case *ast.ExprStmt:
		f.expression(s)
	case *ast.SendStmt, *ast.IncDecStmt:
		f.dropped("drop", s)
	case *ast.AssignStmt:
		if s.Tok != token.DEFINE {
			f.dropped("drop", s)
			f.slot(s)
		}
	case *ast.ReturnStmt:
		f.dropped("leave", s)
	case *ast.BranchStmt:
		f.dropped("leave", s)
		switch s.Tok {
		case token.BREAK:
			f.change("leave", s, strings.Replace(f.Text(s), "break", "continue", 1))
		case token.CONTINUE:
			f.change("leave", s, strings.Replace(f.Text(s), "continue", "break", 1))
		}
	}
}

func (f *finder) dropped(kind string, s ast.Stmt) {
	f.add(kind, s, "dropped: "+mutate.OneLine(f.Text(s)), f.drop(s))
}

// deferred: the call at once, never, and only where the function returns by itself.
func (f *finder) deferred(s *ast.DeferStmt) {
	call := f.Text(s.Call)
	f.change("defer", s, call)
	f.dropped("defer", s)
	if _, body := f.enclosing(); body != nil && f.foreign(body) {
		f.add("defer", s, "not after a panic: "+call, f.replace(s,
			"defer func() { if bug := recover(); bug != nil { panic(bug) }; "+call+" }()"))
	}
}

// foreign reports whether the body calls a function that its caller has given: one that may
// panic.
func (f *finder) foreign(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		var id *ast.Ident
		switch fun := ast.Unparen(call.Fun).(type) {
		case *ast.Ident:
			id = fun
		case *ast.SelectorExpr:
			id = fun.Sel
			if types.IsInterface(f.typeOf(fun.X)) && !isContext(f.typeOf(fun.X)) {
				found = true
			}
		}
		if v, ok := f.pkg.Info.Uses[id].(*types.Var); ok && !ends.MatchString(v.Name()) {
			found = true
		}
		return true
	})
	return found
}

// expression: a call or a receive that does not happen, in line instead of in a goroutine, or
// at the end instead of now.
func (f *finder) expression(s *ast.ExprStmt) {
	f.dropped("drop", s)
	call, ok := ast.Unparen(s.X).(*ast.CallExpr)
	if !ok {
		return
	}
	switch f.callee(call) {
	case "(*sync.WaitGroup).Go":
		f.add("go", s, "in line: "+f.Text(s), f.replace(s, "("+f.Text(call.Args[0])+")()"))
	case "(*golang.org/x/sync/errgroup.Group).Go":
		f.add("go", s, "in line: "+f.Text(s), f.replace(s, "{ err := ("+f.Text(call.Args[0])+")(); "+
			f.Text(call.Fun)+"(func() error { return err }) }"))
	case "(*sync.Once).Do":
		f.change("once", s, "("+f.Text(call.Args[0])+")()")
	}
	if ends.MatchString(lastName(call.Fun)) {
		f.change("defer", s, "defer "+f.Text(call))
	}
}

func lastName(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// waits reports whether the statement itself, not a function in it, ends something or waits.
func (f *finder) waits(stmt ast.Stmt) bool {
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.BlockStmt:
			return false
		case *ast.CallExpr:
			found = found || ends.MatchString(lastName(n.Fun))
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW
		case *ast.DeferStmt, *ast.SelectStmt:
			found = true
		}
		return true
	})
	return found
}

// early returns before the statement, with the zero values.
func (f *finder) early(stmt ast.Stmt) {
	typ, _ := f.enclosing()
	if typ == nil {
		return
	}
	ret := "return"
	if typ.Results != nil && len(typ.Results.List) > 0 && typ.Results.List[0].Names == nil {
		var zeros []string
		for _, field := range typ.Results.List {
			zeros = append(zeros, "*new("+f.Text(field.Type)+")")
		}
		ret += " " + strings.Join(zeros, ", ")
	}
	f.add("early", stmt, "returns before "+f.Text(stmt), f.before(stmt, "if true { "+ret+" }; "))
}

// swap exchanges two neighbours, if one of them ends something, waits, sends or starts.
func (f *finder) swap(a, b ast.Stmt) {
	if !f.acts(a) && !f.acts(b) || !simple(a) || !simple(b) || f.quiet(a) || f.quiet(b) {
		return
	}
	if isDefer(a) != isDefer(b) && !isIf(a) && !isIf(b) {
		return // only a panic could tell, and that is a fault of its own
	}
	f.add("swap", a, mutate.OneLine(f.Text(b))+" before "+mutate.OneLine(f.Text(a)),
		f.replace(a, f.Text(b)), f.replace(b, f.Text(a)))
}

func (f *finder) acts(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.GoStmt, *ast.DeferStmt, *ast.SendStmt:
		return true
	case *ast.ExprStmt:
		return true
	case *ast.AssignStmt:
		return s.Tok != token.DEFINE
	}
	return false
}

// quiet statements only make something, which nobody can see sooner or later.
func (f *finder) quiet(s ast.Stmt) bool {
	a, ok := s.(*ast.AssignStmt)
	if !ok || a.Tok != token.DEFINE {
		return false
	}
	for _, e := range a.Rhs {
		switch e := e.(type) {
		case *ast.CallExpr:
			if f.callee(e) != "make" {
				return false
			}
		case *ast.UnaryExpr:
			if e.Op == token.ARROW {
				return false
			}
		}
	}
	return true
}

func isDefer(s ast.Stmt) bool {
	_, ok := s.(*ast.DeferStmt)
	return ok
}

func isIf(s ast.Stmt) bool {
	_, ok := s.(*ast.IfStmt)
	return ok
}

// simple statements may change places; what leaves or branches may not.
func simple(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.GoStmt, *ast.DeferStmt, *ast.SendStmt, *ast.ExprStmt, *ast.AssignStmt,
		*ast.IncDecStmt, *ast.RangeStmt, *ast.ForStmt, *ast.IfStmt, *ast.SelectStmt:
		return true
	}
	return false
}

// unlocked drops a Lock together with its Unlock.
func (f *finder) unlocked(stmt ast.Stmt, rest []ast.Stmt) {
	name, mutex := f.lock(stmt)
	if name != "Lock" && name != "RLock" {
		return
	}
	edits := []edit.Edit{f.drop(stmt)}
	unlocks := strings.Replace(name, "Lock", "Unlock", 1)
	for _, other := range rest {
		ast.Inspect(other, func(n ast.Node) bool {
			s, ok := n.(ast.Stmt)
			if !ok {
				return true
			}
			if un, m := f.lock(s); un == unlocks && m == mutex {
				edits = append(edits, f.drop(s))
				return false
			}
			return true
		})
	}
	if len(edits) > 1 {
		f.add("unlocked", stmt, "no lock: "+mutex+"."+name, edits...)
	}
}

// lock returns the method and the mutex of a statement mu.Lock() or defer mu.Unlock().
func (f *finder) lock(s ast.Stmt) (method, mutex string) {
	var x ast.Expr
	switch s := s.(type) {
	case *ast.ExprStmt:
		x = s.X
	case *ast.DeferStmt:
		x = s.Call
	}
	call, ok := x.(*ast.CallExpr)
	if !ok {
		return "", ""
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !slices.Contains([]string{"Lock", "Unlock", "RLock", "RUnlock"}, sel.Sel.Name) {
		return "", ""
	}
	return sel.Sel.Name, f.Text(sel.X)
}
