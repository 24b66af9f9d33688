package examples

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"

	markdown "github.com/awaitless/awaitless/internal/page"
)

// TestNames checks that a reader can look up what a block uses: each
// name of the chapter's own package that stands in a Go block is
// declared by a block of the same page, or the page links it, as in
// [`Name`](locks.md#heading), to a page that shows its declaration.
func TestNames(t *testing.T) {
	t.Parallel()
	blocks := chapterBlocks(t)
	pages := map[string]*namedPage{}
	eachPage(t, func(page, text string) {
		pages[page] = readNames(t, blocks, page, text)
	})
	assert.True(t, pages["patterns/gather.md"].shown["gather.All"],
		"not read")
	for _, p := range pages {
		for _, name := range p.missing(pages) {
			t.Error(p.complaint(name))
		}
	}
}

// A namedPage is what a page shows and uses, as pkg.Name or
// pkg.Type.Method.
type namedPage struct {
	path  string
	shown map[string]bool
	uses  map[string]string // the name, and a block that uses it
	links map[string][]string
}

// missing lists the names that are neither shown nor linked.
func (p *namedPage) missing(pages map[string]*namedPage) []string {
	var found []string
	for name := range p.uses {
		if !p.shown[name] && !p.linked(name, pages) {
			found = append(found, name)
		}
	}
	slices.Sort(found)
	return found
}

func (p *namedPage) complaint(name string) string {
	return fmt.Sprintf("content/%s: %s is used by %s and not shown; "+
		"show it, or link it, as in [`%s`](page.md)",
		p.path, name, p.uses[name], afterDot(name))
}

// linked reports whether the page has a link with the name in its text
// that leads to a page which shows it.
func (p *namedPage) linked(
	name string, pages map[string]*namedPage,
) bool {
	for text := name; text != ""; text = afterDot(text) {
		for _, target := range p.links[text] {
			there := pages[path.Join(path.Dir(p.path), target)]
			if there != nil &&
				(there.shown[name] || there.shown[copyOf(name)]) {
				return true
			}
		}
	}
	return false
}

// copyOf is where the site explains a name of sound.go, which is the
// same in every chapter.
func copyOf(name string) string {
	switch rest := afterDot(name); rest {
	case "sound", "ErrExited":
		return "basics." + rest
	}
	return name
}

// afterDot drops the first part of a name; the last one leaves nothing.
func afterDot(name string) string {
	_, rest, _ := strings.Cut(name, ".")
	return rest
}

// namedCode is a name, perhaps called.
var namedCode = regexp.MustCompile(`^([\w.]+)(?:\(.*\))?$`)

func readNames(
	t *testing.T, blocks map[string]*blockNames, page, text string,
) *namedPage {
	p := &namedPage{path: page, shown: map[string]bool{},
		uses: map[string]string{}, links: map[string][]string{}}
	parsed, err := markdown.Parse([]byte(text))
	require.NoError(t, err, page)
	for _, shown := range parsed.Blocks {
		if shown.Lang != "go" || shown.Kind == "" {
			continue
		}
		if shown.Kind == "file" {
			p.readFile(t, shown.Source, shown.Body)
			continue
		}
		b := blocks[shown.Source]
		require.NotNil(t, b, "content/%s: no block %s",
			page, shown.Source)
		for _, name := range b.declares {
			p.shown[name] = true
		}
		for _, name := range b.uses {
			p.uses[name] = shown.Source
		}
	}
	for _, code := range parsed.Code {
		target, _, _ := strings.Cut(code.Link, "#")
		m := namedCode.FindStringSubmatch(code.Text)
		if m != nil && path.Ext(target) == ".md" {
			p.links[m[1]] = append(p.links[m[1]], target)
		}
	}
	return p
}

// readFile takes a file of a script, scripts/pools.txtar:crash/main.go.
// The files of its folder are one package.
func (p *namedPage) readFile(t *testing.T, selector, text string) {
	script, _, _ := strings.Cut(selector, ":")
	archive, err := txtar.ParseFile(
		filepath.Join(root, "testdata", script))
	require.NoError(t, err)
	p.readPart(archive.Files, selector, text)
}

func (p *namedPage) readPart(
	files []txtar.File, selector, text string,
) {
	pkg := path.Dir(selector)
	_, dir, _ := strings.Cut(pkg, ":")
	f := parseSyntax(text)
	for name := range f.Scope.Objects {
		p.shown[pkg+"."+name] = true
	}
	declared := map[string]bool{}
	for _, file := range files {
		name := file.Name
		if path.Dir(name) != dir || path.Ext(name) != ".go" {
			continue
		}
		sibling := parseSyntax(string(file.Data))
		for name := range sibling.Scope.Objects {
			declared[name] = true
		}
	}
	for _, id := range f.Unresolved {
		if declared[id.Name] {
			p.uses[pkg+"."+id.Name] = selector
		}
	}
}

// parseSyntax parses what it can: a script may show a file that does
// not compile.
func parseSyntax(text string) *ast.File {
	f, _ := parser.ParseFile(token.NewFileSet(), "", text, 0)
	return f
}

// eachPage calls f with every page, by its path below content.
func eachPage(t *testing.T, f func(page, text string)) {
	t.Helper()
	dir := filepath.Join(root, "content")
	for _, pattern := range []string{"*/*.md", "*/*/*.md", "*.md"} {
		each(t, "content/"+pattern, func(file, _ string) {
			page, err := filepath.Rel(dir, file)
			require.NoError(t, err)
			f(filepath.ToSlash(page), read(t, file))
		})
	}
}

// TestNamesCanFail shows what the check above finds.
func TestNamesCanFail(t *testing.T) {
	blocks := map[string]*blockNames{
		"a.Use": {
			declares: []string{"a.Use"}, uses: []string{"a.T.M"},
		},
		"a.T.M":  {declares: []string{"a.T.M"}},
		"a.Loop": {uses: []string{"a.Use"}},
	}
	fence := func(block string) string {
		return "```go {snippet=\"" + block + "\"}\n```\n"
	}
	pages := map[string]*namedPage{}
	missing := func(page, text string) []string {
		p := readNames(t, blocks, page, text)
		pages[page] = p
		return p.missing(pages)
	}
	assert.Empty(t, missing("x/shows.md", fence("a.T.M")))
	use := fence("a.Use")
	assert.Equal(t, []string{"a.T.M"}, missing("x/use.md", use))
	assert.Empty(t, missing("x/use.md", use+fence("a.T.M")))
	assert.Empty(t, missing("x/use.md", use+"[`T.M`](shows.md#h)"))
	assert.Empty(t, missing("x/use.md", use+"[the `M`](shows.md)"))
	// A link that leads elsewhere helps nobody, nor does a shown use.
	assert.NotEmpty(t, missing("x/use.md", use+"[`T.M`](use.md)"))
	assert.NotEmpty(t, missing("x/use.md", use+"[`T`](shows.md)"))
	assert.NotEmpty(t, missing("x/use.md", use+"`T.M`"))
	assert.Equal(t, []string{"a.Use"},
		missing("x/loop.md", fence("a.Loop")))
}

// TestScriptNamesCanFail shows the same for a file of a script: another
// file of its folder declares what it uses.
func TestScriptNamesCanFail(t *testing.T) {
	const user = "package a\n\nfunc F() { help(); other() }\n"
	const helper = "package a\n\nfunc help() {}\n"
	files := txtar.Parse([]byte("-- a/f.go --\n" + user +
		"-- a/help.go --\n" + helper +
		"-- b/b.go --\npackage b\n\nfunc other() {}\n")).Files
	p := readNames(t, nil, "x.md", "")
	p.readPart(files, "s.txtar:a/f.go", user)
	assert.Equal(t, []string{"s.txtar:a.help"}, p.missing(nil))
	p.readPart(files, "s.txtar:a/help.go", helper)
	assert.Empty(t, p.missing(nil))
}
