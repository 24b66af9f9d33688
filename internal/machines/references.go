package machines

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/awaitless/awaitless/internal/content"
	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/page"
)

// names are the tables that lead from asyncio to Go.
func (m *maker) names() {
	var b strings.Builder
	b.WriteString("# From asyncio to Go\n\nThe last column names the file beside this one to read.\n")
	for _, d := range m.Tables() {
		fmt.Fprintf(&b, "\n## %s\n", d.Title)
		for _, n := range d.Nodes() {
			if n.Kind() == east.KindTable {
				rows := strings.Join(m.readRows(d, n, ""), "\n")
				fmt.Fprintf(&b, "\n| asyncio | Go | Read |\n|---|---|---|\n%s\n", rows)
			}
		}
	}
	m.reference("names.md", b.String())
}

// chapter is a chapter's code and claims.
func (m *maker) chapter(d *content.Document) {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s: %s\n\n%s\n\nThe whole chapter, with the asyncio original, the outputs and the tests: %s\n",
		d.LinkTitle, d.Title, d.Description, m.url(d.MarkdownPath()))
	shown := m.shown(d)
	fmt.Fprintf(&b, "\n## Code\n%s", m.code(shown))
	if rest := m.others(d, shown); len(rest) > 0 {
		fmt.Fprintf(&b, "\n## More of it\n%s", m.code(rest))
	}
	fmt.Fprintf(&b, "\n## What is different\n\n%s\n", m.claims(d))
	m.reference(d.Slug()+".md", b.String())
}

// shown are the snippets that a chapter names under skill.
func (m *maker) shown(d *content.Document) []page.Block {
	if len(d.Snippets) == 0 {
		m.fail(content.Fault(d.Path, 1, "no skill; name the snippets that an agent needs most: skill: [%s.Name]", d.Slug()))
	}
	var valid []string
	for _, b := range d.Blocks {
		if isDeclaration(b) {
			valid = append(valid, b.Source)
		}
	}
	var found []page.Block
	for _, name := range d.Snippets {
		block := d.Find("snippet", name)
		if block == nil || block.Lang != "go" {
			m.fail(content.Fault(d.Path, 1, "skill: the page shows no Go snippet %s; %s", name, finding.Valid(name, valid)))
			continue
		}
		found = append(found, *block)
	}
	return found
}

// others are the declarations of a chapter that are not among those shown.
func (m *maker) others(d *content.Document, shown []page.Block) []page.Block {
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

// claims are the points in which Go differs, each with what is said of it first, as far as that
// can stand without its page.
func (m *maker) claims(d *content.Document) string {
	const heading = "What is different"
	var lines []string
	first := map[int]string{} // what follows a line
	for _, n := range m.part(d, heading).Nodes {
		last := len(lines) - 1
		switch n.Kind() {
		case ast.KindHeading:
			lines = append(lines, "- **"+sentence(d.Plain(n))+"**")
		case ast.KindParagraph:
			if last >= 0 && first[last] == "" {
				first[last] = alone(d.Plain(n), 3)
			}
		}
	}
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i] + " " + first[i])
	}
	if lines == nil && len(d.Parts()) > 0 {
		m.fail(content.Fault(d.Path, d.Line,
			"no claim in section %q; make one a heading: ### Go waits", heading))
	}
	return strings.Join(lines, "\n")
}

// sentence ends a heading as prose ends.
func sentence(heading string) string {
	if strings.HasSuffix(heading, "?") {
		return heading
	}
	return heading + "."
}

// practices are the sections of the guide, each with what it says first.
func (m *maker) practices() {
	d := m.ByPath[practicesPage]
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n\nThe code of each: %s\n\n", d.Title, d.Description, m.url(d.MarkdownPath()))
	for _, p := range d.Parts() {
		i := slices.IndexFunc(p.Nodes, func(n ast.Node) bool { return n.Kind() == ast.KindParagraph })
		if i < 0 {
			continue // a list of sources
		}
		m.habits = append(m.habits, "- "+p.Heading)
		fmt.Fprintf(&b, "- **%s.** %s\n", p.Heading, alone(d.Plain(p.Nodes[i]), 3))
	}
	m.reference("practices.md", b.String())
}

// pitfalls are what each is, who finds it, and its fix.
func (m *maker) pitfalls() {
	list := m.Section(pitfallsDir)
	found := m.foundBy(list)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", list.Title, list.Description)
	for _, d := range m.Below(list, false) {
		by := found[d.Path]
		if by == "" {
			m.fail(content.Fault(list.Path, list.Line,
				"no row for %s; add one to the table: | asyncio | Go | Found by | [%s](%s) |",
				path.Base(d.Path), d.Title, path.Base(d.Path)))
		}
		m.traps = append(m.traps, fmt.Sprintf("- %s: found by %s", d.Title, by))
		fmt.Fprintf(&b, "\n## %s\n\n%s Found by %s. %s\n\nThe program, its report and the code that passes: %s\n",
			d.Title, d.Description, by, m.fix(d), m.url(d.MarkdownPath()))
	}
	m.reference("pitfalls.md", b.String())
}

// foundBy maps each pitfall to who finds it, by the rows of the table that link to one.
func (m *maker) foundBy(list *content.Document) map[string]string {
	found := map[string]string{}
	for _, n := range list.Nodes() {
		if n.Kind() != east.KindTable {
			continue
		}
		for _, row := range list.Rows(n) {
			for _, link := range row.Links {
				found[path.Join(path.Dir(list.Path), link)] = row.Cells[max(0, len(row.Cells)-2)]
			}
		}
	}
	return found
}

// fix is the first sentence about the fix of a pitfall.
func (m *maker) fix(d *content.Document) string {
	const mark = "**The fix**"
	for _, n := range d.Nodes() {
		if n.Kind() != ast.KindParagraph {
			continue
		}
		if _, after, ok := strings.Cut(d.Plain(n), mark); ok {
			if text := alone("The fix"+after, 1); text != "" {
				return text
			}
			m.fail(content.Fault(d.Path, d.LineOf(n),
				"the fix leans on its page; say it in a sentence without words such as above"))
			return ""
		}
	}
	m.fail(content.Fault(d.Path, d.Line, "no paragraph with %s; say in one how to mend it: %s is to wait.", mark, mark))
	return ""
}
