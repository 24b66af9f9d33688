// Package content reads the pages of a site as a tree: which there are, what they say of themselves,
// and in which order a reader meets them.
package content

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

// A Site is the pages with what stands where.
type Site struct {
	FS       fs.FS
	Sections []string    // in reading order
	Pages    []*Document // in the order of their files
	ByPath   map[string]*Document
}

// A Document is a page of the site. The metadata is that which Hugo knows.
type Document struct {
	*page.Page
	Path        string // of the file below content: patterns/gather.md
	Title       string
	LinkTitle   string
	Description string
	Snippets    []string // that the skill shows
	// Also are the words by which people look for the page, at "", or for a section of it, at its
	// anchor, and which it does not say.
	Also   map[string][]string
	weight int
}

const index = "_index.md"

// Lookup is the section whose tables lead from a name of asyncio to its Go and to where to read:
// | asyncio | Go | [Place](page.md#heading) |
const Lookup = "lookup"

// SectionPath is the path of the page that stands for a folder.
func SectionPath(dir string) string { return path.Join(dir, index) }

// Load reads all pages of content. What they lack is a list of findings.
func Load(content fs.FS, sections []string) (*Site, error) {
	s := &Site{FS: content, Sections: sections, ByPath: map[string]*Document{}}
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
		s.Pages = append(s.Pages, d)
		s.ByPath[name] = d
		return nil
	})
	faults = append(faults, err)
	for _, name := range append([]string{""}, sections...) {
		name = SectionPath(name)
		if s.ByPath[name] == nil && err == nil {
			faults = append(faults, Fault(name, 0, "no such page; each section, and the home page, needs one"))
		}
	}
	return s, errors.Join(faults...)
}

// Fault is a finding in a page, whose path begins with the folder of pages.
func Fault(name string, line int, format string, args ...any) error {
	return &finding.Finding{At: finding.At(path.Join("content", name), line), Msg: fmt.Sprintf(format, args...)}
}

// parse reads a page and its metadata.
func parse(name string, text []byte) (*Document, error) {
	p, err := page.Parse(text)
	var found *finding.Finding
	if errors.As(err, &found) {
		return nil, Fault(name, found.At.Line, "%s", found.Msg)
	}
	if err != nil {
		return nil, Fault(name, 0, "%v", err)
	}
	d := &Document{Page: p, Path: name}
	var faults []error
	d.Title = d.text("title", &faults)
	d.Description = d.text("description", &faults)
	d.LinkTitle = d.Title
	if p.Front["linkTitle"] != nil {
		d.LinkTitle = d.text("linkTitle", &faults)
	}
	if n, ok := p.Front["weight"].(uint64); ok {
		d.weight = int(n)
	}
	list, ok := p.Front["skill"].([]any)
	if !ok && p.Front["skill"] != nil {
		faults = append(faults, Fault(name, 1, "skill is no list; write skill: [gather.All]"))
	}
	for _, entry := range list {
		d.Snippets = append(d.Snippets, fmt.Sprint(entry))
	}
	faults = append(faults, d.also()...)
	return d, errors.Join(faults...)
}

// text is a line of the metadata that a page must have.
func (d *Document) text(key string, faults *[]error) string {
	value, ok := d.Front[key].(string)
	if !ok || strings.TrimSpace(value) == "" {
		*faults = append(*faults, Fault(d.Path, 1, "no %s; the metadata needs a line %q", key, key+": …"))
	}
	return value
}

// Slug is the name of a chapter: gather.
func (d *Document) Slug() string { return strings.TrimSuffix(path.Base(d.Path), ".md") }

// IsSection reports whether the page stands for a folder.
func (d *Document) IsSection() bool { return path.Base(d.Path) == index }

// Address is the path of the page's HTML below the site's root: patterns/gather/.
func (d *Document) Address() string {
	name := strings.TrimSuffix(d.Path, ".md")
	if d.IsSection() {
		name = path.Dir(d.Path)
	}
	if name == "." {
		return ""
	}
	return name + "/"
}

// Resolve is the path below content that a link of the page leads to, and the anchor there with
// its #. A link that leads out of content, or from the site's root, has no path.
func (d *Document) Resolve(link string) (name, anchor string) {
	name, anchor, has := strings.Cut(link, "#")
	if has {
		anchor = "#" + anchor
	}
	switch {
	case strings.Contains(name, ":"), strings.HasPrefix(name, "/"), link == "":
		return "", ""
	case name == "":
		return d.Path, anchor
	}
	return path.Join(path.Dir(d.Path), name), anchor
}

// MarkdownPath is where the page's Markdown is: patterns/gather.md, patterns/index.md.
func (d *Document) MarkdownPath() string {
	if d.IsSection() {
		return path.Join(path.Dir(d.Path), "index.md")
	}
	return d.Path
}

// Home is the first page.
func (s *Site) Home() *Document { return s.ByPath[index] }

// Section is the page of a folder.
func (s *Site) Section(dir string) *Document { return s.ByPath[SectionPath(dir)] }

// Below are the pages directly in a section, those of its folders among them if asked for, in the
// order in which Hugo lists them.
func (s *Site) Below(section *Document, folders bool) []*Document {
	dir := path.Dir(section.Path)
	var found []*Document
	for _, d := range s.Pages {
		parent := path.Dir(d.Path)
		if d.IsSection() {
			parent = path.Dir(parent)
		}
		if d != section && parent == dir && d.Path != index && (folders || !d.IsSection()) {
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, func(a, b *Document) int {
		return cmp.Or(
			cmp.Compare(uint(a.weight-1), uint(b.weight-1)), // no weight comes last
			cmp.Compare(a.LinkTitle, b.LinkTitle), cmp.Compare(a.Path, b.Path))
	})
	return found
}

// Tables are the pages of the section in which names are looked up.
func (s *Site) Tables() []*Document {
	section := s.Section(Lookup)
	if section == nil {
		return nil
	}
	return s.Below(section, false)
}

// Reading is every page but the lists of sections, as a book would order them.
func (s *Site) Reading() []*Document {
	pages := []*Document{s.Home()}
	for _, name := range s.Sections {
		for _, d := range s.Below(s.Section(name), true) {
			pages = append(pages, d)
			if d.IsSection() {
				pages = append(pages, s.Below(d, false)...)
			}
		}
	}
	return pages
}
