package examples

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	markdown "github.com/awaitless/awaitless/internal/page"
)

// TestRowsHoldTheirNames checks that whoever looks up an asyncio name
// finds it in the section that its row leads to.
func TestRowsHoldTheirNames(t *testing.T) {
	pages := map[string]string{}
	eachPage(t, func(page, text string) { pages[page] = text })
	var rows []markdown.Row
	each(t, "content/lookup/*.md", func(path, slug string) {
		text := read(t, path)
		p, err := markdown.Parse([]byte(text))
		require.NoError(t, err, path)
		rows = append(rows, p.Rows...)
		for _, complaint := range misleading(text, pages) {
			t.Errorf("content/lookup/%s.md: %s", slug, complaint)
		}
	})
	require.Greater(t, len(rows), 50)
	each(t, "content/patterns/*.md", func(path, slug string) {
		link := "../patterns/" + slug + ".md"
		if slug != "_index" && !leadsTo(rows, link) {
			t.Errorf("content/lookup: no row leads to %s; add one: "+
				"| `asyncio` | `Go` | [Section](%[1]s#section) |", link)
		}
	})
}

// leadsTo reports whether one of the rows leads to the page.
func leadsTo(rows []markdown.Row, page string) bool {
	return slices.ContainsFunc(rows, func(row markdown.Row) bool {
		leads := func(link string) bool {
			to, _, _ := strings.Cut(link, "#")
			return to == page
		}
		return slices.ContainsFunc(row[len(row)-1].Links, leads)
	})
}

// unwritten begins the last cell of a row that no page answers yet.
const unwritten = "no chapter yet"

// misleading complains of the rows whose names are not where they lead.
func misleading(table string, pages map[string]string) []string {
	p, err := markdown.Parse([]byte(table))
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	for _, row := range p.Rows {
		if strings.HasPrefix(row[len(row)-1].Text, unwritten) {
			continue // it leads to what comes near
		}
		for _, link := range row[len(row)-1].Links {
			page, anchor, _ := strings.Cut(link, "#")
			for _, name := range missingNames(
				pages[strings.TrimPrefix(page, "../")],
				row[0].Code, anchor,
			) {
				found = append(found, fmt.Sprintf(
					"%s leads to %s, which does not hold %s",
					row[0].Text, link, name))
			}
		}
	}
	return found
}

var quotedName = regexp.MustCompile(`^[\w.]+`)

// missingNames lists the names that the section of page with the anchor
// does not hold. Of Task.result it is enough to hold result.
func missingNames(
	page string, names []markdown.Code, anchor string,
) (missing []string) {
	text := ""
	if p, err := markdown.Parse([]byte(page)); err == nil {
		text = string(p.Section(anchor))
		if anchor == "" {
			text = page
		}
	}
	for _, code := range names {
		quoted := quotedName.FindString(code.Text)
		if quoted == "" {
			continue
		}
		name := quoted[strings.LastIndex(quoted, ".")+1:]
		whole := regexp.MustCompile(`\b` + name + `\b`)
		if !whole.MatchString(text) {
			missing = append(missing, quoted)
		}
	}
	return missing
}

// TestRowsCanFail shows what the check above finds.
func TestRowsCanFail(t *testing.T) {
	page := "## One `call`\n\nruns `a`\n\n### In it\n\nb\n\n" +
		"## Next\n\nc\n"
	missing := func(anchor string, names ...string) []string {
		var codes []markdown.Code
		for _, name := range names {
			codes = append(codes, markdown.Code{Text: name})
		}
		return missingNames(page, codes, anchor)
	}
	assert.Empty(t, missing("one-call", "a", "b"))
	assert.Equal(t, []string{"x.run", "c"},
		missing("one-call", "x.run", "c(…)"))
	assert.Equal(t, []string{"a"}, missing("next", "a"))
	assert.Equal(t, []string{"c"}, missing("none", "c"))
	assert.Empty(t, missing("", "a", "c"))
	table := "| asyncio | Go | Read |\n|---|---|---|\n" +
		"| `a`, `c` | b | [One](../a.md#one-call) |\n"
	assert.Equal(t, []string{
		"a, c leads to ../a.md#one-call, which does not hold c",
	}, misleading(table, map[string]string{"a.md": page}))
	p, err := markdown.Parse([]byte(table))
	require.NoError(t, err)
	assert.True(t, leadsTo(p.Rows, "../a.md"))
	assert.False(t, leadsTo(p.Rows, "../b.md"))
}
