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

// scripts are the txtar files of testdata/scripts.
type scripts struct {
	files  map[string]*script // as selectors name them: scripts/gather.txtar
	parser goParser
}

func loadScripts(root *os.Root, f *findings) *scripts {
	s := &scripts{files: map[string]*script{}}
	dir := f.folder(root, ScriptsDir)
	if dir == nil {
		return s
	}
	defer dir.Close()
	entries, err := fs.ReadDir(dir.FS(), ".")
	if err != nil {
		f.add(ScriptsDir, 0, "%s", finding.Reason(err))
	}
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".txtar") {
			continue
		}
		full := path.Join(ScriptsDir, e.Name())
		src, err := root.ReadFile(full)
		if err != nil {
			f.add(full, 0, "%s", finding.Reason(err))
			continue
		}
		s.files["scripts/"+e.Name()] = parseScript(full, src)
	}
	return s
}

// block finds scripts/FILE.txtar:section for a fence of that language.
func (s *scripts) block(selector, lang string) (*Block, error) {
	sc, sec, err := s.section(selector)
	if err != nil {
		return nil, err
	}
	sec.seen = true
	return s.fit(sc, sec, lang)
}

// section finds the one section that a selector names.
func (s *scripts) section(selector string) (*script, *section, error) {
	file, name, ok := strings.Cut(selector, ":")
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		return nil, nil, fmt.Errorf("%s leaves the repository; a file is scripts/NAME.txtar:SECTION", file)
	}
	if !ok || !strings.HasPrefix(file, "scripts/") {
		return nil, nil, fmt.Errorf("bad file %q; write scripts/NAME.txtar:SECTION", selector)
	}
	sc := s.files[file]
	if sc == nil {
		return nil, nil, fmt.Errorf("no script testdata/%s; %s", file, finding.Valid(file, slices.Sorted(maps.Keys(s.files))))
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

// fit checks that a section is fit to be shown in the language of the fence.
func (s *scripts) fit(sc *script, sec *section, lang string) (*Block, error) {
	at := finding.At(sc.path, sec.line)
	switch lang {
	case "text":
		if !sc.compares(sec.name) {
			return nil, fmt.Errorf("section %s is not compared by its script; add a cmp line to %s", sec.name, sc.path)
		}
	case "go":
		if !s.parser.formatted(sec.name, sec.text) {
			return nil, fmt.Errorf("section %s (%s) is not gofmt-ed; write it as gofmt does", sec.name, at)
		}
	}
	return newBlock(wholeLines(sec.text), at, "", func(n int) int { return sec.line + 1 + n }), nil
}

func (s *scripts) uncovered(found *findings) {
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		sc := s.files[name]
		for _, sec := range sc.sections {
			if !sec.seen && sec.name != "go.mod" && sec.name != "go.sum" {
				found.add(sc.path, sec.line, `no page shows section %s; quote it with file="%s:%s"`, sec.name, name, sec.name)
			}
		}
	}
}

// A Section is a file in a script, which may be a whole program.
type Section struct {
	Name string
	Text []byte
	At   finding.Position // of its header
}

// Section is the one that a selector names, such as scripts/gather.txtar:main.go.
func (s *Set) Section(selector string) (Section, error) {
	sc, sec, err := s.scripts.section(selector)
	if err != nil {
		return Section{}, err
	}
	return Section{sec.name, sec.text, finding.At(sc.path, sec.line)}, nil
}
