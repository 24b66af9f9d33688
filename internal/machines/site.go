package machines

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/page"
)

// A site is the pages with what stands where.
type site struct {
	Config
	content fs.FS
	pages   []*document // in the order of their files
	byPath  map[string]*document
}

// A document is a page of the site. The metadata is that which Hugo knows.
type document struct {
	*page.Page
	path        string // of the file below content: patterns/gather.md
	title       string
	linkTitle   string
	description string
	weight      int
	snippets    []string // that the skill shows
	markdown    string   // the text with links and captions for a reader elsewhere
}

const index = "_index.md"

// load reads all pages.
func load(content fs.FS, config Config) (*site, error) {
	s := &site{Config: config, content: content, byPath: map[string]*document{}}
	var faults []error
	err := fs.WalkDir(content, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".md" {
			return err
		}
		text, err := fs.ReadFile(content, name)
		if err != nil {
			return err
		}
		d, fault := parse(name, text)
		if fault != nil {
			faults = append(faults, fault)
			return nil
		}
		s.pages = append(s.pages, d)
		s.byPath[name] = d
		return nil
	})
	faults = append(faults, err)
	for _, name := range append([]string{""}, config.Sections...) {
		name = path.Join(name, index)
		if s.byPath[name] == nil && err == nil {
			faults = append(faults, fault(name, 0, "no such page; each section, and the home page, needs one"))
		}
	}
	return s, errors.Join(faults...)
}

// fault is a finding in a page, whose path begins with the folder of pages.
func fault(name string, line int, format string, args ...any) error {
	return &finding.Finding{At: finding.At(path.Join("content", name), line), Msg: fmt.Sprintf(format, args...)}
}

// parse reads a page and its metadata.
func parse(name string, text []byte) (*document, error) {
	p, err := page.Parse(text)
	var found *finding.Finding
	if errors.As(err, &found) {
		return nil, fault(name, found.At.Line, "%s", found.Msg)
	}
	if err != nil {
		return nil, fault(name, 0, "%v", err)
	}
	d := &document{Page: p, path: name}
	var faults []error
	d.title = d.text("title", &faults)
	d.description = d.text("description", &faults)
	d.linkTitle = d.title
	if p.Front["linkTitle"] != nil {
		d.linkTitle = d.text("linkTitle", &faults)
	}
	if n, ok := p.Front["weight"].(uint64); ok {
		d.weight = int(n)
	}
	list, ok := p.Front["skill"].([]any)
	if !ok && p.Front["skill"] != nil {
		faults = append(faults, fault(name, 1, "skill is no list; write skill: [gather.All]"))
	}
	for _, entry := range list {
		d.snippets = append(d.snippets, fmt.Sprint(entry))
	}
	return d, errors.Join(faults...)
}

// text is a line of the metadata that a page must have.
func (d *document) text(key string, faults *[]error) string {
	value, ok := d.Front[key].(string)
	if !ok || strings.TrimSpace(value) == "" {
		*faults = append(*faults, fault(d.path, 1, "no %s; the metadata needs a line %q", key, key+": …"))
	}
	return value
}

// slug is the name of a chapter: gather.
func (d *document) slug() string { return strings.TrimSuffix(path.Base(d.path), ".md") }

// isSection reports whether the page stands for a folder.
func (d *document) isSection() bool { return path.Base(d.path) == index }

// address is the path of the page's HTML below the site's root: patterns/gather/.
func (d *document) address() string {
	name := strings.TrimSuffix(d.path, ".md")
	if d.isSection() {
		name = path.Dir(d.path)
	}
	if name == "." {
		return ""
	}
	return name + "/"
}

// markdownPath is where the page's Markdown is: patterns/gather.md, patterns/index.md.
func (d *document) markdownPath() string {
	if d.isSection() {
		return path.Join(path.Dir(d.path), "index.md")
	}
	return d.path
}

// url is the whole address of what stands below the site's root.
func (s *site) url(name string) string {
	if name == "" {
		return s.Base.String()
	}
	return s.Base.JoinPath(name).String()
}

// home is the first page.
func (s *site) home() *document { return s.byPath[index] }

// section is the page of a folder.
func (s *site) section(dir string) *document { return s.byPath[path.Join(dir, index)] }

// below are the pages directly in a section, those of its folders among them if deep, in the
// order in which Hugo lists them.
func (s *site) below(section *document, folders bool) []*document {
	dir := path.Dir(section.path)
	var found []*document
	for _, d := range s.pages {
		parent := path.Dir(d.path)
		if d.isSection() {
			parent = path.Dir(parent)
		}
		if d != section && parent == dir && d.path != index && (folders || !d.isSection()) {
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, func(a, b *document) int {
		return cmp.Or(
			cmp.Compare(uint(a.weight-1), uint(b.weight-1)), // no weight comes last
			cmp.Compare(a.linkTitle, b.linkTitle), cmp.Compare(a.path, b.path))
	})
	return found
}

// list is pages as llms.txt wants them.
func (s *site) list(pages []*document) string {
	var b strings.Builder
	for _, d := range pages {
		fmt.Fprintf(&b, "- [%s](%s): %s\n", d.title, s.url(d.markdownPath()), d.description)
	}
	return b.String()
}
