package source

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
)

// goDirs is the Go files of examples/ by their folders.
type goDirs struct {
	root   *os.Root
	dirs   map[string]*goDir // by the path below examples/
	parser goParser
}

// A goDir is the Go files of one folder.
type goDir struct {
	files []*goFile
	decls map[string][]*goDecl
}

func loadGo(root *os.Root, f *findings) *goDirs {
	g := &goDirs{root: root, dirs: map[string]*goDir{}}
	if dir := f.folder(root, ExamplesDir); dir != nil {
		defer dir.Close()
		g.load(dir, "", f)
	}
	return g
}

// load reads the Go files of a folder and of those below it. rel is its path below examples/;
// the files of examples/ itself belong to no chapter.
func (g *goDirs) load(dir *os.Root, rel string, f *findings) {
	entries, err := fs.ReadDir(dir.FS(), ".")
	if err != nil {
		f.add(path.Join(ExamplesDir, rel), 0, "%s", finding.Reason(err))
	}
	for _, e := range entries {
		name := e.Name()
		if name[0] == '.' || name[0] == '_' || name == "testdata" {
			continue
		}
		below := path.Join(rel, name)
		switch {
		case e.IsDir():
			sub, err := dir.OpenRoot(name)
			if err != nil {
				f.add(path.Join(ExamplesDir, below), 0, "%s", finding.Reason(err))
				continue
			}
			g.load(sub, below, f)
			sub.Close()
		case e.Type()&fs.ModeSymlink != 0 && !g.staysInside(path.Join(ExamplesDir, below), f):
		case rel != "" && strings.HasSuffix(name, ".go"):
			g.loadFile(rel, name, f)
		}
	}
}

// staysInside reports a link that leaves the repository.
func (g *goDirs) staysInside(name string, f *findings) bool {
	_, err := g.root.Stat(name)
	if err != nil {
		f.add(name, 0, "%s", finding.Reason(err))
	}
	return err == nil
}

func (g *goDirs) loadFile(rel, name string, f *findings) {
	full := path.Join(ExamplesDir, rel, name)
	src, err := g.root.ReadFile(full)
	if err != nil {
		f.add(full, 0, "%s", finding.Reason(err))
		return
	}
	file := g.parser.parse(full, src)
	d := g.dirs[rel]
	if d == nil {
		d = &goDir{decls: map[string][]*goDecl{}}
		g.dirs[rel] = d
	}
	d.files = append(d.files, file)
	for _, decl := range file.decls {
		d.decls[decl.name] = append(d.decls[decl.name], decl)
	}
}

// decl finds the one declaration that PKG.DECL names.
func (g *goDirs) decl(selector string) (*goDecl, error) {
	slash := strings.LastIndexByte(selector, '/') + 1
	pkg, name, ok := strings.Cut(selector[slash:], ".")
	pkg = selector[:slash] + pkg
	if selector != "" && !filepath.IsLocal(filepath.FromSlash(selector)) {
		return nil, fmt.Errorf("%s leaves the repository; a snippet is PKG.NAME, with PKG a folder below examples", selector)
	}
	if !ok || name == "" {
		return nil, fmt.Errorf("bad selector %q; write PKG.NAME, such as gather.All", selector)
	}
	d := g.dirs[pkg]
	if d == nil {
		if _, err := g.root.Stat(path.Join(ExamplesDir, pkg)); err != nil && strings.HasPrefix(finding.Reason(err), "leaves") {
			return nil, fmt.Errorf("examples/%s %s", pkg, finding.Reason(err))
		}
		return nil, fmt.Errorf("no package examples/%s; %s", pkg, finding.Valid(pkg, slices.Sorted(maps.Keys(g.dirs))))
	}
	return d.find(pkg, name)
}

func (d *goDir) find(pkg, name string) (*goDecl, error) {
	switch hits := d.decls[name]; len(hits) {
	case 1:
		f := hits[0].file
		if f.err != nil {
			f.told = true
			return nil, fmt.Errorf("%s.%s: %w", pkg, name, f.err)
		}
		return hits[0], nil
	case 0:
	default:
		return nil, fmt.Errorf("%s.%s is ambiguous: %s and %s; rename one", pkg, name,
			finding.At(hits[0].file.path, hits[0].line), finding.At(hits[1].file.path, hits[1].line))
	}
	for _, f := range d.files {
		if f.err != nil && len(f.decls) == 0 { // the name may stand there
			f.told = true
			return nil, fmt.Errorf("%s.%s: %w", pkg, name, f.err)
		}
	}
	return nil, fmt.Errorf("no %s in examples/%s; %s", name, pkg, finding.Valid(name, slices.Sorted(maps.Keys(d.decls))))
}

// snippet finds PKG.DECL or PKG.DECL/label.
func (g *goDirs) snippet(selector string) (*Block, error) {
	decl, name, labelled := splitLabel(selector)
	d, err := g.decl(decl)
	if err != nil {
		return nil, err
	}
	if labelled {
		return d.labelled(decl, name)
	}
	d.seen = true
	return d.file.block(d.shown, d.drop, d.line), nil
}

// splitLabel sets off the label of PKG.DECL/label. PKG may hold slashes, DECL holds none, and a
// label holds no dot.
func splitLabel(selector string) (decl, name string, ok bool) {
	i := strings.LastIndexByte(selector, '/')
	if i < 0 || strings.Contains(selector[i:], ".") {
		return selector, "", false
	}
	return selector[:i], selector[i+1:], true
}

// labelled finds the statement after a //docs:snippet line.
func (d *goDecl) labelled(selector, name string) (*Block, error) {
	var hits []*label
	var names []string
	for _, l := range d.labels {
		names = append(names, l.name)
		if l.name == name {
			hits = append(hits, l)
		}
	}
	if len(hits) == 0 {
		return nil, fmt.Errorf("no //docs:snippet %s in %s (%s); %s", name, selector, finding.At(d.file.path, d.line), finding.Valid(name, names))
	}
	for _, l := range hits {
		l.seen = true
	}
	if len(hits) > 1 {
		return nil, fmt.Errorf("%s/%s is ambiguous: %s and %s; rename one", selector, name,
			finding.At(d.file.path, hits[0].line), finding.At(d.file.path, hits[1].line))
	}
	if hits[0].stmt == (span{}) {
		return nil, fmt.Errorf("%s/%s: no statement follows %s; put the line above one", selector, name, finding.At(d.file.path, hits[0].line))
	}
	return d.file.block(hits[0].stmt, span{}, hits[0].line+1), nil
}

// block cuts a range of the file for a fence. line is where a reader should look.
func (f *goFile) block(s, drop span, line int) *Block {
	text, lines := f.cut(s, drop)
	return newBlock(text, finding.At(f.path, line), "go", func(n int) int { return lines[n] })
}

// output is what an Example prints.
func (g *goDirs) output(selector string) (*Block, error) {
	d, err := g.decl(selector)
	if err != nil {
		return nil, err
	}
	at := finding.At(d.file.path, d.line)
	if !d.example {
		return nil, fmt.Errorf("%s (%s) is no Example; only an Example has an output", selector, at)
	}
	d.seen = true
	if d.output == nil {
		return nil, fmt.Errorf("%s (%s) has no output; end its body with an // Output: comment", selector, at)
	}
	b := newBlock(wholeLines([]byte(d.output.Text)), at, "", func(int) int { return d.line })
	b.Unordered = d.output.Unordered
	return b, nil
}
