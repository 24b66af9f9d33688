package machines

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/awaitless/awaitless/internal/content"
)

const skillName = "go-concurrency-for-asyncio"

const skillDescription = "Write, translate and review concurrent Go for people who know Python's asyncio. " +
	"Use when code needs goroutines, channels, errgroup, context, timeouts, cancellation, worker pools or locks, " +
	"when a program with await, gather, create_task, Queue, Semaphore, wait_for or aiohttp moves to Go, or when " +
	"Go leaks goroutines, races or deadlocks."

// The pages that the skill is made of, beside the chapters.
const (
	chaptersDir   = "patterns"
	whenPage      = "guides/when.md"
	practicesPage = "guides/practices.md"
	pitfallsDir   = "guides/pitfalls"
)

// skill makes the files of the skill's folder.
func (s *site) skill() (map[string][]byte, error) {
	m := &maker{site: s, files: map[string][]byte{}}
	m.need(whenPage, practicesPage, content.SectionPath(pitfallsDir), content.SectionPath(chaptersDir), content.SectionPath(content.Lookup))
	if m.faults != nil {
		return nil, errors.Join(m.faults...)
	}
	m.names()
	for _, d := range s.Below(s.Section(chaptersDir), false) {
		m.chapter(d)
	}
	m.practices()
	m.pitfalls()
	m.files["scripts/check.sh"] = checkScript
	m.files["SKILL.md"] = []byte(m.body())
	return m.files, errors.Join(m.faults...)
}

// A maker collects the skill, and what is wrong with the pages that it is made of.
type maker struct {
	*site
	files  map[string][]byte
	faults []error
	habits []string // the claim of each practice
	traps  []string // a line for each pitfall
}

func (m *maker) fail(err error) {
	if err != nil {
		m.faults = append(m.faults, err)
	}
}

// need wants pages to be there.
func (m *maker) need(paths ...string) {
	for _, name := range paths {
		if m.ByPath[name] == nil {
			m.fail(content.Fault(name, 0, "no such page, which the skill needs; write it"))
		}
	}
}

func (m *maker) reference(name, text string) { m.files["references/"+name] = []byte(text) }

// part is a section of a page, or a fault and nothing.
func (m *maker) part(d *content.Document, heading string) content.Part {
	p, err := d.Part(heading)
	m.fail(err)
	return p
}

// body is SKILL.md. It grows by a line with each chapter, so it shows no code.
func (m *maker) body() string {
	when := m.ByPath[whenPage]
	var chapters []string
	for _, d := range m.Below(m.Section(chaptersDir), false) {
		chapters = append(chapters, fmt.Sprintf("- [%s](references/%s.md): %s", d.LinkTitle, d.Slug(), d.Title))
	}
	return m.front() + "\n# Go concurrency for people who know asyncio\n\n" + m.Home().Description + "\n\n" +
		fmt.Sprintf(howToUse, m.url(skillFolder+"/")) +
		"\n## When to use it\n\n" + m.occasions(when) +
		"\n\nWhen not to:\n\n" + m.listOf(when, "When not to") +
		"\n\n## Choose\n\n" + m.choose(when) +
		"\n\n## Patterns\n\n" + strings.Join(chapters, "\n") +
		"\n\n## Best practices\n\n" + strings.Join(m.habits, "\n") +
		"\n\nWhat each means: [references/practices.md](references/practices.md)." +
		"\n\n## Common pitfalls\n\n" + strings.Join(m.traps, "\n") +
		"\n\nThe fix of each: [references/pitfalls.md](references/pitfalls.md)." +
		"\n\n## The whole pages\n\nEach chapter with the asyncio original, both outputs and the tests: " +
		fmt.Sprintf("[llms.txt](%s) lists them.\n", m.url("llms.txt"))
}

// howToUse stands first in SKILL.md. It has room for the address of the skill's folder.
const howToUse = "Every block of Go in `references/` is a checked copy of a file that passes `go vet`, " +
	"`staticcheck`, its tests under the race detector and a search for leaked goroutines.\n\n" +
	"The `go` line of go.mod must say 1.26. Under an older line the same code can compile and be wrong: one " +
	"loop variable for all rounds before 1.22, timers that stay until they fire before 1.23.\n\n" +
	"Where this file is read from the web, its other files are below %s.\n\n" +
	"## How to use this skill\n\n" +
	"1. Look up the asyncio name in [references/names.md](references/names.md): it names the Go and the file to " +
	"read.\n" +
	"2. Read that file. Copy its code rather than writing it from memory, and keep its claims in mind. `sound`, " +
	"which much of it uses, is in [references/basics.md](references/basics.md).\n" +
	"3. Run `sh scripts/check.sh` in the user's module: it runs `go vet`, `staticcheck` if it is installed, and " +
	"`go test -race`, looks for goroutines that the tests left behind, and names the file to read for what was " +
	"reported.\n"

// front is the metadata of SKILL.md.
func (m *maker) front() string {
	commit := ""
	if m.Commit != "" {
		commit = fmt.Sprintf("  commit: %q\n", m.Commit)
	}
	return fmt.Sprintf("---\nname: %s\ndescription: %s\nlicense: MIT for code, CC BY 4.0 for prose\n"+
		"compatibility: Go 1.26 or later. scripts/check.sh needs a POSIX shell, and uses staticcheck and a C "+
		"compiler if there are any.\nmetadata:\n  go: %q\n%s  source: %q\n---\n",
		skillName, skillDescription, m.Go, commit, m.Repository)
}

// occasions are the headings of the guide that says when.
func (m *maker) occasions(when *content.Document) string {
	var lines []string
	for _, p := range when.Parts() {
		if p.Heading != "Choose" && p.Heading != "When not to" && p.Heading != "Sources" {
			lines = append(lines, "- "+p.Heading)
		}
	}
	return strings.Join(lines, "\n")
}

// listOf is the list in a section.
func (m *maker) listOf(d *content.Document, heading string) string {
	var lines []string
	for _, n := range m.part(d, heading).Nodes {
		if n.Kind() != ast.KindList {
			continue
		}
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			lines = append(lines, "- "+d.Plain(item))
		}
	}
	if lines == nil {
		m.fail(content.Fault(d.Path, d.Line, "no list in section %q, which the skill needs; write one", heading))
	}
	return strings.Join(lines, "\n")
}

// choose is the table to choose by, which names the reference to read.
func (m *maker) choose(when *content.Document) string {
	lines := []string{"| You want | Take | Read |", "|---|---|---|"}
	for _, n := range m.part(when, "Choose").Nodes {
		if n.Kind() == east.KindTable {
			lines = append(lines, m.readRows(when, n, "references/")...)
		}
	}
	return strings.Join(lines, "\n")
}

// readRows are the rows of a table of which the last column links to a page, with the file of the
// skill that has that page.
func (m *maker) readRows(d *content.Document, table ast.Node, dir string) []string {
	var lines []string
	for _, row := range d.Rows(table) {
		last := len(row.Cells) - 1
		for _, link := range row.Links {
			name, _, _ := strings.Cut(link, "#")
			if name = path.Join(path.Dir(d.Path), name); m.hasReference(name) {
				row.Cells[last] = "`" + dir + path.Base(name) + "`"
			}
		}
		lines = append(lines, "| "+strings.Join(row.Cells, " | ")+" |")
	}
	return lines
}

// hasReference reports whether a page has a file in the skill under its own name.
func (m *maker) hasReference(name string) bool {
	return m.ByPath[name] != nil && (path.Dir(name) == chaptersDir || name == practicesPage)
}
