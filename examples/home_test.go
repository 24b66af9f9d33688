package examples

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	markdown "github.com/awaitless/awaitless/internal/page"
)

// homeRow is a row of the home page that leads to a section.
var homeRow = regexp.MustCompile(
	`(?m)^\| ([^|]+) \| [^|]+ \| \[[^\]]+\]\(([^)#]+)#([^)]+)\) \|$`)

// TestHomeRowsHoldTheirNames checks that whoever looks up an asyncio
// name on the home page finds that name in the section that the row
// leads to.
func TestHomeRowsHoldTheirNames(t *testing.T) {
	home := read(t, filepath.Join(root, "content", "_index.md"))
	pages := map[string]string{}
	eachPage(t, func(page, text string) { pages[page] = text })
	rows := regexp.MustCompile(`(?m)^\|.*\.md#`).FindAllString(home, -1)
	require.NotEmpty(t, rows)
	require.Len(t, homeRow.FindAllString(home, -1), len(rows))
	for _, complaint := range misleading(home, pages) {
		t.Error("content/_index.md: " + complaint)
	}
}

// misleading complains of the rows whose names are not where they lead.
func misleading(home string, pages map[string]string) (rows []string) {
	for _, row := range homeRow.FindAllStringSubmatch(home, -1) {
		for _, name := range missingNames(
			pages[row[2]], row[1], row[3],
		) {
			rows = append(rows, fmt.Sprintf(
				"%s leads to %s#%s, which does not hold %s",
				row[1], row[2], row[3], name))
		}
	}
	return rows
}

var quotedName = regexp.MustCompile("`([\\w.]+)[^`]*`")

// missingNames lists the quoted names that the section of page with the
// anchor does not hold. Of Task.result it is enough to hold result.
func missingNames(page, names, anchor string) (missing []string) {
	text := ""
	if p, err := markdown.Parse([]byte(page)); err == nil {
		text = string(p.Section(anchor))
	}
	for _, m := range quotedName.FindAllStringSubmatch(names, -1) {
		name := m[1][strings.LastIndex(m[1], ".")+1:]
		whole := regexp.MustCompile(`\b` + name + `\b`)
		if !whole.MatchString(text) {
			missing = append(missing, m[1])
		}
	}
	return missing
}

// TestHomeRowsCanFail shows what the check above finds.
func TestHomeRowsCanFail(t *testing.T) {
	page := "## One `call`\n\nruns `a`\n\n### In it\n\nb\n\n" +
		"## Next\n\nc\n"
	assert.Empty(t, missingNames(page, "`a`, `b`", "one-call"))
	assert.Equal(t, []string{"x.run", "c"},
		missingNames(page, "`x.run`, `c(…)`", "one-call"))
	assert.Equal(t, []string{"a"}, missingNames(page, "`a`", "next"))
	assert.Equal(t, []string{"c"}, missingNames(page, "`c`", "none"))
	home := "| `a`, `c` | b | [One](a.md#one-call) |\n"
	assert.Equal(t, []string{
		"`a`, `c` leads to a.md#one-call, which does not hold c",
	}, misleading(home, map[string]string{"a.md": page}))
}
