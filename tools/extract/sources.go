package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"awaitless/tools/internal/program"
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

// valid words the names that a selector could have meant.
func valid(name string, names []string) string { return program.Valid(name, names) }

func loadSources(root *os.Root, r *report) (*sources, error) {
	s := &sources{root: root, goDirs: map[string]*goDir{}, scripts: map[string]*script{},
		python: map[string]*pyFile{}, blocks: map[string]found{}, timelines: map[string]recording{}}
	if err := s.within(examplesDir, func(dir *os.Root) error { return s.loadDir(dir, "", r) }); err != nil {
		return nil, err
	}
	return s, s.within(scriptsDir, func(dir *os.Root) error { return s.loadScripts(dir, r) })
}

// within opens a folder that may be missing.
func (s *sources) within(name string, do func(*os.Root) error) error {
	if _, err := s.root.Lstat(name); os.IsNotExist(err) {
		return nil
	}
	dir, err := s.root.OpenRoot(name)
	if err != nil {
		return fmt.Errorf("%s: %s", name, reason(err))
	}
	defer dir.Close()
	return do(dir)
}

// loadDir reads the Go files of a folder and of those below it. rel is its path below examples/;
// the files of examples/ itself belong to no chapter.
func (s *sources) loadDir(dir *os.Root, rel string, r *report) error {
	entries, err := readDir(dir)
	if err != nil {
		return fmt.Errorf("%s: %s", path.Join(examplesDir, rel), reason(err))
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
				return fmt.Errorf("%s: %s", path.Join(examplesDir, below), reason(err))
			}
			err = s.loadDir(sub, below, r)
			sub.Close()
			if err != nil {
				return err
			}
		case e.Type()&fs.ModeSymlink != 0 && !s.staysInside(path.Join(examplesDir, below), r):
		case rel != "" && strings.HasSuffix(name, ".go"):
			s.loadGo(rel, name, r)
		}
	}
	return nil
}

// staysInside reports a link that leaves the repository.
func (s *sources) staysInside(name string, r *report) bool {
	_, err := s.root.Stat(name)
	if err != nil {
		r.fault(name, 0, "%s", reason(err))
	}
	return err == nil
}

func (s *sources) loadGo(rel, name string, r *report) {
	full := path.Join(examplesDir, rel, name)
	src, err := s.root.ReadFile(full)
	if err != nil {
		r.fault(full, 0, "%s", reason(err))
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

func (s *sources) loadScripts(dir *os.Root, r *report) error {
	entries, err := readDir(dir)
	if err != nil {
		return fmt.Errorf("%s: %s", scriptsDir, reason(err))
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".txtar") {
			continue
		}
		full := path.Join(scriptsDir, e.Name())
		src, err := s.root.ReadFile(full)
		if err != nil {
			r.fault(full, 0, "%s", reason(err))
			continue
		}
		s.scripts["scripts/"+e.Name()] = parseScript(full, src)
	}
	return nil
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
