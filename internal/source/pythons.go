package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/source/python"
)

// pythons are the Python files that were asked for.
type pythons struct {
	root  *os.Root
	files map[string]*python.File // by the path below examples/
}

// IsPython reports whether a selector names a Python file rather than a Go package.
func IsPython(selector string) bool {
	file, _, _ := strings.Cut(selector, ":")
	return strings.HasSuffix(file, ".py")
}

// block finds FILE.py:name, where gather.py stands for gather/gather.py.
func (p *pythons) block(selector string) (*Block, error) {
	f, name, err := p.file(selector)
	if err != nil {
		return nil, err
	}
	text, line, err := f.Find(name)
	if err != nil {
		return nil, err
	}
	return newBlock(wholeLines(text), finding.At(f.Path, line), "python", func(n int) int { return line + n }), nil
}

// pythonPath is the path below examples/ that gather.py or pitfalls/sleep.py names.
func pythonPath(name string) string {
	if !strings.Contains(name, "/") {
		return strings.TrimSuffix(name, ".py") + "/" + name
	}
	return name
}

// file reads the file that FILE.py:name is about.
func (p *pythons) file(selector string) (f *python.File, name string, err error) {
	file, name, _ := strings.Cut(selector, ":")
	if !filepath.IsLocal(filepath.FromSlash(file)) {
		return nil, "", fmt.Errorf("%s leaves the repository; a Python file stands below examples", file)
	}
	file = pythonPath(file)
	if f := p.files[file]; f != nil {
		return f, name, nil
	}
	full := path.Join(ExamplesDir, file)
	src, err := p.root.ReadFile(full)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, "", fmt.Errorf("no %s; %s", full, finding.Valid(path.Base(file), p.names()))
	}
	if err != nil {
		return nil, "", fmt.Errorf("%s: %s", full, finding.Reason(err))
	}
	f = python.Parse(full, src)
	p.files[file] = f
	return f, name, nil
}

// names lists what selectors may call the files that there are.
func (p *pythons) names() []string {
	files, _ := fs.Glob(p.root.FS(), ExamplesDir+"/*/*.py") // the pattern is one
	for i, file := range files {
		dir, base := path.Split(strings.TrimPrefix(file, ExamplesDir+"/"))
		if files[i] = base; dir+base != pythonPath(base) {
			files[i] = dir + base
		}
	}
	return files
}

// Python is the file that a selector names, and what stands behind the colon: a definition, or the
// argument to run the file with.
func (s *Set) Python(selector string) (f *python.File, name string, err error) {
	return s.python.file(selector)
}
