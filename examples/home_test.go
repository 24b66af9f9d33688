package examples

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	markdown "github.com/awaitless/awaitless/internal/page"
)

// TestHomeRowsHoldTheirNames checks that whoever looks up an asyncio
// name on the home page finds that name in the section that the row
// leads to.
func TestHomeRowsHoldTheirNames(t *testing.T) {
	home := read(t, filepath.Join(root, "content", "_index.md"))
	pages := map[string]string{}
	eachPage(t, func(page, text string) { pages[page] = text })
	p, err := markdown.Parse([]byte(home))
	require.NoError(t, err)
	require.Greater(t, len(p.Rows), 50)
	for _, complaint := range misleading(home, pages) {
		t.Error("content/_index.md: " + complaint)
	}
	each(t, "content/patterns/*.md", func(path, slug string) {
		link := "patterns/" + slug + ".md"
		if slug != "_index" && !leadsTo(p.Rows, link) {
			t.Errorf("content/_index.md: no row leads to %s; add one: "+
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

// misleading complains of the rows whose names are not where they lead.
func misleading(home string, pages map[string]string) []string {
	p, err := markdown.Parse([]byte(home))
	if err != nil {
		return []string{err.Error()}
	}
	var found []string
	for _, row := range p.Rows {
		for _, link := range row[len(row)-1].Links {
			page, anchor, _ := strings.Cut(link, "#")
			for _, name := range missingNames(
				pages[page], row[0].Code, anchor,
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

// TestHomeRowsCanFail shows what the check above finds.
func TestHomeRowsCanFail(t *testing.T) {
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
	home := "| asyncio | Go | Read |\n|---|---|---|\n" +
		"| `a`, `c` | b | [One](a.md#one-call) |\n"
	assert.Equal(t, []string{
		"a, c leads to a.md#one-call, which does not hold c",
	}, misleading(home, map[string]string{"a.md": page}))
	p, err := markdown.Parse([]byte(home))
	require.NoError(t, err)
	assert.True(t, leadsTo(p.Rows, "a.md"))
	assert.False(t, leadsTo(p.Rows, "b.md"))
}
