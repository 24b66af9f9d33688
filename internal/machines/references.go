package machines

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/page"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// names are the tables that lead from asyncio to Go.
func (m *maker) names() {
	home := m.home()
	var b strings.Builder
	b.WriteString("# From asyncio to Go\n\nThe last column names the file beside this one to read.\n")
	for _, n := range m.part(home, "Look it up").blocks {
		switch n.Kind() {
		case ast.KindHeading:
			fmt.Fprintf(&b, "\n## %s\n", home.plain(n))
		case east.KindTable:
			rows := strings.Join(m.readRows(home, n, ""), "\n")
			fmt.Fprintf(&b, "\n| asyncio | Go | Read |\n|---|---|---|\n%s\n", rows)
		}
	}
	m.reference("names.md", b.String())
}

// chapter is a chapter's code and claims.
func (m *maker) chapter(d *document) {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: %s\n\n%s\n\nThe whole chapter, with the asyncio original, the outputs and the tests: %s\n",
		d.linkTitle, d.title, d.description, m.url(d.markdownPath()))
	shown := m.shown(d)
	fmt.Fprintf(&b, "\n## Code\n%s", m.code(shown))
	if rest := m.others(d, shown); len(rest) > 0 {
		fmt.Fprintf(&b, "\n## More of it\n%s", m.code(rest))
	}
	fmt.Fprintf(&b, "\n## What is different\n\n%s\n", m.claims(d))
	m.reference(d.slug()+".md", b.String())
}

// shown are the snippets that a chapter names under skill.
func (m *maker) shown(d *document) []page.Block {
	if len(d.snippets) == 0 {
		m.fail(fault(d.path, 1, "no skill; name the snippets that an agent needs most: skill: [%s.Name]", d.slug()))
	}
	var valid []string
	for _, b := range d.Blocks {
		if isDeclaration(b) {
			valid = append(valid, b.Source)
		}
	}
	var found []page.Block
	for _, name := range d.snippets {
		block := d.Find("snippet", name)
		if block == nil || block.Lang != "go" {
			m.fail(fault(d.path, 1, "skill: the page shows no Go snippet %s; %s", name, finding.Valid(name, valid)))
			continue
		}
		found = append(found, *block)
	}
	return found
}

// others are the declarations of a chapter that are not among those shown.
func (m *maker) others(d *document, shown []page.Block) []page.Block {
	var rest []page.Block
	for _, b := range d.Blocks {
		same := func(o page.Block) bool { return o.Source == b.Source }
		if isDeclaration(b) && !slices.ContainsFunc(shown, same) && !slices.ContainsFunc(rest, same) {
			rest = append(rest, b)
		}
	}
	return rest
}

// isDeclaration reports whether a block is taught code: no Example, no test.
func isDeclaration(b page.Block) bool {
	if b.Kind != "snippet" || b.Lang != "go" {
		return false
	}
	_, name, _ := strings.Cut(path.Base(b.Source), ".")
	for _, prefix := range []string{"Example", "Test", "Benchmark", "Fuzz"} {
		if strings.HasPrefix(name, prefix) {
			return false
		}
	}
	return true
}

// code is blocks, each with its source in a line above. Its fence is longer than what it holds.
func (m *maker) code(blocks []page.Block) string {
	var b strings.Builder
	for _, block := range blocks {
		mark := "```"
		for strings.Contains(block.Body, mark) {
			mark += "`"
		}
		fmt.Fprintf(&b, "\n%s\n\n%s%s\n%s%s\n", m.caption(block.Attrs), mark, block.Lang, block.Body, mark)
	}
	return b.String()
}

// claims are the points in which Go differs, as far as they can stand without their page.
func (m *maker) claims(d *document) string {
	const heading = "What is different"
	var lines []string
	for _, n := range m.part(d, heading).blocks {
		if claim, rest := d.bold(n); claim != "" {
			lines = append(lines, strings.TrimSpace("- "+claim+" "+alone(rest, 3)))
		}
	}
	if lines == nil && len(d.parts()) > 0 {
		m.fail(fault(d.path, d.Line,
			"no claim in section %q; begin a paragraph with one in bold: **Go waits.**", heading))
	}
	return strings.Join(lines, "\n")
}

// practices are the sections of the guide, each with what it says first.
func (m *maker) practices() {
	d := m.byPath[practicesPage]
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\nThe code of each: %s\n\n", d.title, d.description, m.url(d.markdownPath()))
	for _, p := range d.parts() {
		i := slices.IndexFunc(p.blocks, func(n ast.Node) bool { return n.Kind() == ast.KindParagraph })
		if i < 0 {
			continue // a list of sources
		}
		m.habits = append(m.habits, "- "+p.heading)
		fmt.Fprintf(&b, "- **%s.** %s\n", p.heading, alone(d.plain(p.blocks[i]), 3))
	}
	m.reference("practices.md", b.String())
}

// pitfalls are what each is, who finds it, and its fix.
func (m *maker) pitfalls() {
	list := m.section(pitfallsDir)
	found := m.foundBy(list)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", list.title, list.description)
	for _, d := range m.below(list, false) {
		by := found[d.path]
		if by == "" {
			m.fail(fault(list.path, list.Line,
				"no row for %s; add one to the table: | asyncio | Go | Found by | [%s](%s) |",
				path.Base(d.path), d.title, path.Base(d.path)))
		}
		m.traps = append(m.traps, fmt.Sprintf("- %s: found by %s", d.title, by))
		fmt.Fprintf(&b, "\n## %s\n\n%s Found by %s. %s\n\nThe program, its report and the code that passes: %s\n",
			d.title, d.description, by, m.fix(d), m.url(d.markdownPath()))
	}
	m.reference("pitfalls.md", b.String())
}

// foundBy maps each pitfall to who finds it, by the rows of the table that link to one.
func (m *maker) foundBy(list *document) map[string]string {
	found := map[string]string{}
	for _, n := range list.blocks() {
		if n.Kind() != east.KindTable {
			continue
		}
		for _, row := range list.rows(n) {
			for _, link := range row.links {
				found[path.Join(path.Dir(list.path), link)] = row.cells[max(0, len(row.cells)-2)]
			}
		}
	}
	return found
}

// fix is the first sentence about the fix of a pitfall.
func (m *maker) fix(d *document) string {
	const mark = "**The fix**"
	for _, n := range d.blocks() {
		if n.Kind() != ast.KindParagraph {
			continue
		}
		if _, after, ok := strings.Cut(d.plain(n), mark); ok {
			if text := alone("The fix"+after, 1); text != "" {
				return text
			}
			m.fail(fault(d.path, d.lineOf(n),
				"the fix leans on its page; say it in a sentence without words such as above"))
			return ""
		}
	}
	m.fail(fault(d.path, d.Line, "no paragraph with %s; say in one how to mend it: %s is to wait.", mark, mark))
	return ""
}
