// Package source is what a page may quote: the Go files of examples/ and their output comments,
// the Python beside them, and the sections of the scripts in testdata/scripts.
//
// A selector names one thing, and Resolve cuts it out for a fence. What is missing, ambiguous,
// unparsable, not gofmt-ed or outside of the repository is an error, worded as "what is wrong;
// what is valid". Uncovered goes the other way: it finds what nobody has resolved.
package source

import (
	"fmt"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/source/python"
)

// Where the sources are below the root.
const (
	ExamplesDir = "examples"
	ScriptsDir  = "testdata/scripts"
)

// A Set is the sources of a repository. One goroutine may use it at a time.
type Set struct {
	golang  *goDirs
	python  *pythons
	scripts *scripts
	known   map[string]result // by what was asked for
}

type result struct {
	block *Block
	err   error
}

// Load reads the Go files and the scripts, since coverage asks about all of them; Python files
// are read when they are asked for, so root must stay open. What cannot be read is a finding; the
// rest is loaded all the same.
func Load(root *os.Root) (*Set, []finding.Finding) {
	var f findings
	s := &Set{
		golang:  loadGo(root, &f),
		python:  &pythons{root: root, files: map[string]*python.File{}},
		scripts: loadScripts(root, &f),
		known:   map[string]result{},
	}
	return s, f
}

// Resolve finds what a fence of a language shows, when its attribute of that kind names the
// selector. It does the work once, so that its cost does not grow with the pages. Kind is snippet,
// output or file.
func (s *Set) Resolve(kind, lang, selector string) (*Block, error) {
	key := kind + " " + lang + " " + selector
	if hit, ok := s.known[key]; ok {
		return hit.block, hit.err
	}
	b, err := s.find(kind, lang, selector)
	if err == nil && b.lang != "" && lang != b.lang {
		err = fmt.Errorf("%s is %s; the fence must say %s", selector, b.lang, b.lang)
	}
	if err == nil && kind == "output" && (lang == "go" || lang == "python") {
		err = fmt.Errorf("an output is not %s; the fence must say text", lang)
	}
	s.known[key] = result{b, err}
	return b, err
}

func (s *Set) find(kind, lang, selector string) (*Block, error) {
	switch {
	case kind == "file":
		return s.scripts.block(selector, lang)
	case kind == "output":
		return s.golang.output(selector)
	case IsPython(selector):
		return s.python.block(selector)
	}
	return s.golang.snippet(selector)
}

// Broken finds the Go files that do not parse or are not gofmt-ed, and that no error of Resolve
// has named.
func (s *Set) Broken() []finding.Finding { return s.golang.broken() }

// Uncovered finds, in the order of the sources, what Resolve was not asked for and a page should
// show: Examples, labelled statements and sections. It also finds labels that mark nothing.
func (s *Set) Uncovered() []finding.Finding {
	var f findings
	s.golang.uncovered(&f)
	s.scripts.uncovered(&f)
	return f
}

// A Run is a line of a script that runs a Python file.
type Run struct {
	Slug string // of the script: gather for gather.txtar
	Args []string
}

// Runs lists what runs a Python file, in the order of the scripts. path is from the root.
func (s *Set) Runs(file string) (all []Run) {
	for _, name := range slices.Sorted(maps.Keys(s.scripts.files)) {
		for _, args := range s.scripts.files[name].runs(file) {
			all = append(all, Run{strings.TrimSuffix(path.Base(name), ".txtar"), args})
		}
	}
	return all
}

// Test is the Example or the test that a selector of Go names or stands in, or "".
func (s *Set) Test(selector string) (string, error) {
	decl, _, _ := splitLabel(selector)
	d, err := s.golang.decl(decl)
	if err != nil {
		return "", err
	}
	if d.example || strings.HasPrefix(d.name, "Test") && strings.HasSuffix(d.file.path, "_test.go") {
		return d.name, nil
	}
	return "", nil
}

// findings collects what is wrong with sources.
type findings []finding.Finding

func (f *findings) add(path string, line int, format string, args ...any) {
	*f = append(*f, finding.Finding{At: finding.At(path, line), Msg: fmt.Sprintf(format, args...)})
}

// folder opens a folder that may be missing. Then, and where it cannot be opened, it is nil.
func (f *findings) folder(root *os.Root, name string) *os.Root {
	if _, err := root.Lstat(name); os.IsNotExist(err) {
		return nil
	}
	dir, err := root.OpenRoot(name)
	if err != nil {
		f.add(name, 0, "%s", finding.Reason(err))
		return nil
	}
	return dir
}
