package main

import (
	"fmt"
	"path"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/page"
)

// found is what a selector stands for.
type found struct {
	source string // the selector
	block  *block
	err    error
}

// resolve finds the source of a managed fence. It does the work once per selector, so that its
// cost does not grow with the pages.
func (s *sources) resolve(a *page.Attrs) (*block, error) {
	key := a.Kind + " " + a.Lang + " " + a.Source
	if hit, ok := s.blocks[key]; ok {
		return hit.block, hit.err
	}
	b, err := s.find(a)
	if err == nil && b.lang != "" && a.Lang != b.lang {
		err = fmt.Errorf("%s is %s; the fence must say %s", a.Source, b.lang, b.lang)
	}
	if err == nil && a.Kind == "output" && (a.Lang == "go" || a.Lang == "python") {
		err = fmt.Errorf("an output is not %s; the fence must say text", a.Lang)
	}
	s.blocks[key] = found{a.Source, b, err}
	return b, err
}

func (s *sources) find(a *page.Attrs) (*block, error) {
	switch {
	case a.Kind == "file":
		return s.findSection(a)
	case a.Kind == "output":
		return s.findOutput(a.Source)
	case a.Kind == "timeline":
		return s.findTimeline(a.Source)
	case isPython(a.Source):
		return s.findPython(a.Source)
	}
	return s.findSnippet(a.Source)
}

// isPython reports whether a selector names a Python file rather than a Go package.
func isPython(selector string) bool {
	file, _, _ := strings.Cut(selector, ":")
	return strings.HasSuffix(file, ".py")
}

// findDecl finds the one declaration that PKG.DECL names.
func (s *sources) findDecl(selector string) (*goDecl, error) {
	slash := strings.LastIndexByte(selector, '/') + 1
	pkg, name, ok := strings.Cut(selector[slash:], ".")
	pkg = selector[:slash] + pkg
	if selector != "" && leaves(selector) {
		return nil, fmt.Errorf("%s leaves the repository; a snippet is PKG.NAME, with PKG a folder below examples", selector)
	}
	if !ok || name == "" {
		return nil, fmt.Errorf("bad selector %q; write PKG.NAME, such as gather.All", selector)
	}
	d := s.goDirs[pkg]
	if d == nil {
		if _, err := s.root.Stat(path.Join(examplesDir, pkg)); err != nil && strings.HasPrefix(finding.Reason(err), "leaves") {
			return nil, fmt.Errorf("examples/%s %s", pkg, finding.Reason(err))
		}
		return nil, fmt.Errorf("no package examples/%s; %s", pkg, finding.Valid(pkg, names(s.goDirs)))
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
	return nil, fmt.Errorf("no %s in examples/%s; %s", name, pkg, finding.Valid(name, names(d.decls)))
}

// findSnippet finds PKG.DECL or PKG.DECL/label.
func (s *sources) findSnippet(selector string) (*block, error) {
	decl, name, labelled := splitLabel(selector)
	d, err := s.findDecl(decl)
	if err != nil {
		return nil, err
	}
	if labelled {
		return d.findLabel(decl, name)
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

func (d *goDecl) findLabel(selector, name string) (*block, error) {
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
func (f *goFile) block(s, drop span, line int) *block {
	text, lines := f.cut(s, drop)
	b := &block{text: text, at: finding.At(f.path, line), lang: "go"}
	b.measure(f.path, func(n int) int { return lines[n] })
	return b
}

func (s *sources) findOutput(selector string) (*block, error) {
	d, err := s.findDecl(selector)
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
	b := &block{text: wholeLines([]byte(d.output.Text)), at: at, unordered: d.output.Unordered}
	b.measure(d.file.path, func(int) int { return d.line })
	return b, nil
}

// findPython finds FILE.py:name, where gather.py stands for gather/gather.py.
func (s *sources) findPython(selector string) (*block, error) {
	f, name, err := s.pythonFile(selector)
	if err != nil {
		return nil, err
	}
	text, line, err := f.find(name)
	if err != nil {
		return nil, err
	}
	b := &block{text: text, at: finding.At(f.path, line), lang: "python"}
	b.measure(f.path, func(n int) int { return line + n })
	return b, nil
}

// pythonPath is the path below examples/ that gather.py or pitfalls/more.py names.
func pythonPath(name string) string {
	if !strings.Contains(name, "/") {
		return strings.TrimSuffix(name, ".py") + "/" + name
	}
	return name
}

// pythonFile reads the file that FILE.py:name is about.
func (s *sources) pythonFile(selector string) (f *pyFile, name string, err error) {
	file, name, _ := strings.Cut(selector, ":")
	if leaves(file) {
		return nil, "", fmt.Errorf("%s leaves the repository; a Python file stands below examples", file)
	}
	file = pythonPath(file)
	if f := s.python[file]; f != nil {
		return f, name, nil
	}
	full := path.Join(examplesDir, file)
	src, err := s.root.ReadFile(full)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %s", full, finding.Reason(err))
	}
	f = parsePython(full, src)
	s.python[file] = f
	return f, name, nil
}

// findSection finds scripts/FILE.txtar:section.
func (s *sources) findSection(a *page.Attrs) (*block, error) {
	sc, sec, err := s.section(a.Source)
	if err != nil {
		return nil, err
	}
	sec.seen = true
	return s.sectionBlock(sc, sec, a.Lang)
}

// section finds the one section that a selector names.
func (s *sources) section(selector string) (*script, *section, error) {
	file, name, ok := strings.Cut(selector, ":")
	if leaves(file) {
		return nil, nil, fmt.Errorf("%s leaves the repository; a file is scripts/NAME.txtar:SECTION", file)
	}
	if !ok || !strings.HasPrefix(file, "scripts/") {
		return nil, nil, fmt.Errorf("bad file %q; write scripts/NAME.txtar:SECTION", selector)
	}
	sc := s.scripts[file]
	if sc == nil {
		return nil, nil, fmt.Errorf("no script testdata/%s; %s", file, finding.Valid(file, names(s.scripts)))
	}
	var hits []*section
	var all []string
	for _, sec := range sc.sections {
		all = append(all, sec.name)
		if sec.name == name {
			hits = append(hits, sec)
		}
	}
	if len(hits) == 0 {
		return nil, nil, fmt.Errorf("no section %s in %s; %s", name, sc.path, finding.Valid(name, all))
	}
	if len(hits) > 1 {
		for _, hit := range hits {
			hit.seen = true // one complaint is enough
		}
		return nil, nil, fmt.Errorf("section %s is ambiguous: %s and %s; rename one", name,
			finding.At(sc.path, hits[0].line), finding.At(sc.path, hits[1].line))
	}
	return sc, hits[0], nil
}

// sectionBlock checks that a section is fit to be shown in the language of the fence.
func (s *sources) sectionBlock(sc *script, sec *section, lang string) (*block, error) {
	at := finding.At(sc.path, sec.line)
	switch lang {
	case "text":
		if !sc.compares(sec.name) {
			return nil, fmt.Errorf("section %s is not compared by its script; add a cmp line to %s", sec.name, sc.path)
		}
	case "go":
		if err := s.parser.parseText(sec.name, sec.text); err != nil {
			return nil, fmt.Errorf("section %s (%s) is not gofmt-ed; write it as gofmt does", sec.name, at)
		}
	}
	b := &block{text: wholeLines(sec.text), at: at}
	b.measure(sc.path, func(n int) int { return sec.line + 1 + n })
	return b, nil
}
