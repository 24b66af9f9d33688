package examples

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	markdown "github.com/awaitless/awaitless/internal/page"
)

// TestStatesAreThoseOfTheReport compares the table of what goroutines
// wait for with the report of the script, which the runtime wrote.
func TestStatesAreThoseOfTheReport(t *testing.T) {
	page := parsePage(t, filepath.Join(root, "content", "guides",
		"pitfalls", "taskdone.md"))
	told, reported := states(page)
	require.Len(t, reported, 11)
	assert.Equal(t, reported, told)
}

var stateLine = regexp.MustCompile(`(?m)^goroutine N (\[.+\]):$`)

// states are those that begin a row of a table, and those reported.
func states(page *markdown.Page) (rows, report map[string]bool) {
	rows, report = map[string]bool{}, map[string]bool{}
	for _, row := range page.Rows {
		for _, code := range row[0].Code {
			if strings.HasPrefix(code.Text, "[") {
				rows[code.Text] = true
			}
		}
	}
	for _, block := range page.Blocks {
		if !strings.HasSuffix(block.Source, ":go-states") {
			continue
		}
		lines := stateLine.FindAllStringSubmatch(block.Body, -1)
		for _, line := range lines {
			report[line[1]] = true
		}
	}
	return rows, report
}
