package main

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
)

const (
	examplesDir = "examples"
	scriptsDir  = "testdata/scripts"
)

// sources is what pages may quote. The Go files and the scripts are read before the pages, since
// coverage asks about all of them; Python files when a page names them.
type sources struct {
	root      *os.Root
	goDirs    map[string]*goDir    // by the folder below examples/
	scripts   map[string]*script   // by the path below testdata/
	python    map[string]*pyFile   // by the path below examples/
	blocks    map[string]found     // what selectors stand for
	timelines map[string]recording // by the program's name
	parser    goParser
}

// A goDir is the Go files of one folder.
type goDir struct {
	files []*goFile
	decls map[string][]*goDecl
}

func loadSources(root *os.Root, r *report) *sources {
	s := &sources{root: root, goDirs: map[string]*goDir{}, scripts: map[string]*script{},
		python: map[string]*pyFile{}, blocks: map[string]found{}, timelines: map[string]recording{}}
	// What cannot be read is a fault each; the rest is looked at all the same.
	_ = s.within(examplesDir, r, func(dir *os.Root) error { s.loadDir(dir, "", r); return nil })
	_ = s.within(scriptsDir, r, func(dir *os.Root) error { s.loadScripts(dir, r); return nil })
	return s
}

// within opens a folder that may be missing, and reports one that cannot be opened.
func (s *sources) within(name string, r *report, do func(*os.Root) error) error {
	if _, err := s.root.Lstat(name); os.IsNotExist(err) {
		return nil
	}
	dir, err := s.root.OpenRoot(name)
	if err != nil {
		r.fault(name, 0, "%s", finding.Reason(err))
		return nil
	}
	defer dir.Close()
	return do(dir)
}

// loadDir reads the Go files of a folder and of those below it. rel is its path below examples/;
// the files of examples/ itself belong to no chapter.
func (s *sources) loadDir(dir *os.Root, rel string, r *report) {
	entries, err := readDir(dir)
	if err != nil {
		r.fault(path.Join(examplesDir, rel), 0, "%s", finding.Reason(err))
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
				r.fault(path.Join(examplesDir, below), 0, "%s", finding.Reason(err))
				continue
			}
			s.loadDir(sub, below, r)
			sub.Close()
		case e.Type()&fs.ModeSymlink != 0 && !s.staysInside(path.Join(examplesDir, below), r):
		case rel != "" && strings.HasSuffix(name, ".go"):
			s.loadGo(rel, name, r)
		}
	}
}

// staysInside reports a link that leaves the repository.
func (s *sources) staysInside(name string, r *report) bool {
	_, err := s.root.Stat(name)
	if err != nil {
		r.fault(name, 0, "%s", finding.Reason(err))
	}
	return err == nil
}

func (s *sources) loadGo(rel, name string, r *report) {
	full := path.Join(examplesDir, rel, name)
	src, err := s.root.ReadFile(full)
	if err != nil {
		r.fault(full, 0, "%s", finding.Reason(err))
		return
	}
	f := s.parser.parse(full, src)
	d := s.goDirs[rel]
	if d == nil {
		d = &goDir{decls: map[string][]*goDecl{}}
		s.goDirs[rel] = d
	}
	d.files = append(d.files, f)
	for _, decl := range f.decls {
		d.decls[decl.name] = append(d.decls[decl.name], decl)
	}
}

func (s *sources) loadScripts(dir *os.Root, r *report) {
	entries, err := readDir(dir)
	if err != nil {
		r.fault(scriptsDir, 0, "%s", finding.Reason(err))
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".txtar") {
			continue
		}
		full := path.Join(scriptsDir, e.Name())
		src, err := s.root.ReadFile(full)
		if err != nil {
			r.fault(full, 0, "%s", finding.Reason(err))
			continue
		}
		s.scripts["scripts/"+e.Name()] = parseScript(full, src)
	}
}

// names lists the keys of a map in order.
func names[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}
