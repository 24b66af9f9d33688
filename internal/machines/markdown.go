package machines

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/content"
	"github.com/awaitless/awaitless/internal/edit"
	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/page"
)

// twin is the Markdown of a page as a file of its own.
func (s *site) twin(d *content.Document) string {
	text := s.texts[d.Path] + "\n"
	if text == "\n" {
		text = s.list(s.Below(d, true))
	}
	return fmt.Sprintf("# %s\n\n%s\n\n%s", d.Title, d.Description, text)
}

// markdown is the text of a page as a reader elsewhere needs it: links lead to the .md addresses of
// the site, drawings to their files, and a fence says its source in a line above.
func (s *site) markdown(d *content.Document) (string, error) {
	edits, err := s.captions(d)
	links, linkErr := s.links(d)
	return strings.Trim(string(edit.Apply(d.Text, append(edits, links...))), "\n"), errors.Join(err, linkErr)
}

// captions puts what each fence says of itself above it.
func (s *site) captions(d *content.Document) ([]edit.Edit, error) {
	var edits []edit.Edit
	var scan page.Scanner
	if fault := scan.Reset(d.Text); fault != nil {
		return nil, fault
	}
	for {
		f, found := scan.Next()
		if found != nil || f == nil {
			return edits, nil // page.Parse has reported what is wrong
		}
		attrs, err := page.ParseInfo(f.Info)
		if err != nil {
			return nil, err
		}
		line := s.caption(attrs)
		if line == "" && len(f.Info) == len(attrs.Lang) {
			continue
		}
		if line != "" {
			prefix := string(f.Prefix)
			blank := strings.TrimRight(prefix, " ") + "\n"
			line += "\n" + blank + prefix
			if underText(d.Text, f.Open) {
				line = "\n" + prefix + line // or it would go on with the paragraph above
			}
		}
		edits = append(edits, edit.Edit{From: f.Open, To: f.Open, New: line}, infoEdit(d.Text, f, attrs.Lang))
	}
}

// infoEdit leaves the language of what follows the opening run.
func infoEdit(text []byte, f *page.Fence, lang string) edit.Edit {
	from := f.Open + f.Size
	to := from + bytes.IndexByte(append(text[from:len(text):len(text)], '\n'), '\n')
	return edit.Edit{From: from, To: to, New: lang}
}

// underText reports whether the line above the one at an offset holds text, and that one has no
// other text before the offset.
func underText(text []byte, at int) bool {
	start := bytes.LastIndexByte(text[:at], '\n')
	if start < 0 || len(bytes.Trim(text[start:at], " \t\n>")) > 0 {
		return false
	}
	above := text[bytes.LastIndexByte(text[:start], '\n')+1 : start]
	return len(bytes.Trim(above, " \t>")) > 0
}

// caption is the attributes of a fence as a line: "Source: gather.All, [whole program](…)".
func (s *site) caption(a page.Attrs) string {
	words := map[string]string{"output": "Output of", "timeline": "Timeline of"}
	line := a.Title
	if a.Kind != "" {
		word := words[a.Kind]
		if word == "" {
			word = "Source"
		}
		line = word + ": " + a.Source
		if a.Title != "" {
			line += " (" + a.Title + ")"
		}
	}
	if a.Any {
		line += ", in any order"
	}
	if name := s.program(a); name != "" {
		line += ", [whole program](" + s.url(name) + ")"
	}
	return line
}

// program is where the whole program stands of an Example, or of what has an Example of its name;
// or it is "".
func (s *site) program(a page.Attrs) string {
	if a.Kind != "snippet" || s.Programs == nil {
		return ""
	}
	pkg, name, _ := strings.Cut(a.Source, ".")
	for _, candidate := range []string{pkg + ".Example" + name, a.Source} {
		if _, err := fs.Stat(s.Programs, candidate+".go"); err == nil {
			return "programs/" + candidate + ".go"
		}
	}
	return ""
}

// links leads each link of a page to where it is on the site.
func (s *site) links(d *content.Document) ([]edit.Edit, error) {
	var edits []edit.Edit
	var faults []error
	for _, span := range page.Spans(d.Text) {
		line := d.Line + bytes.Count(d.Text[:span.Start], []byte("\n"))
		to, err := s.target(d, span.Dest, line)
		if err == nil && span.Defined && to != span.Dest {
			err = content.Fault(d.Path, line, "link to %s is defined elsewhere; write [text](%s)", span.Dest, span.Dest)
		}
		faults = append(faults, err)
		if err == nil && to != span.Dest {
			edits = append(edits, edit.Edit{From: span.Start, To: span.End, New: to})
		}
	}
	return edits, errors.Join(faults...)
}

// target is where a link leads: to a page's Markdown, to a drawing, or elsewhere as it is.
func (s *site) target(d *content.Document, link string, line int) (string, error) {
	name, anchor := d.Resolve(link)
	if name == "" {
		return link, nil
	}
	to := name
	switch path.Ext(name) {
	case ".md":
		if s.ByPath[name] == nil {
			valid := finding.Valid(name, slices.Sorted(maps.Keys(s.ByPath)))
			return "", content.Fault(d.Path, line, "no page %s; %s", name, valid)
		}
		to = s.ByPath[name].MarkdownPath()
	default:
		if _, err := fs.Stat(s.FS, name); err != nil {
			return "", content.Fault(d.Path, line, "no file %s; link to a page, to a file beside it, or to an address", name)
		}
	}
	return s.url(to) + anchor, nil
}
