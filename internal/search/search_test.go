package search

import (
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/awaitless/awaitless/internal/content"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// indexOf is the index of a site below /docs/ with a home page, a chapter and a table to look up.
func indexOf(t *testing.T, table, text string) Index {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"_index.md":        "---\ntitle: Home\ndescription: The *site*.\n---\n",
		"p/_index.md":      "---\ntitle: Patterns\ndescription: All.\n---\n",
		"p/p.md":           "---\ntitle: A page\nlinkTitle: P\ndescription: Say `go`.\n" + text,
		"p/p-drawn.svg":    "<svg/>",
		"lookup/_index.md": "---\ntitle: Look up\ndescription: All.\n---\n",
		"lookup/t.md":      "---\ntitle: Tasks\ndescription: Names.\n---\n" + table,
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	site, err := content.Load(files, []string{"p", "lookup"})
	require.NoError(t, err)
	return New(site, &url.URL{Path: "/docs/"})
}

func TestPages(t *testing.T) {
	index := indexOf(t, "", "---\n")
	assert.Equal(t, []Page{
		{"/docs/", "Home", "Home", []Section{{Text: "The site."}}},
		{"/docs/p/p/", "A page", "P", []Section{{Text: "Say go."}}},
		{"/docs/lookup/t/", "Tasks", "Tasks", []Section{{Text: "Names."}}},
		{"/docs/p/", "Patterns", "Patterns", []Section{{Text: "All."}}},
		{"/docs/lookup/", "Look up", "Look up", []Section{{Text: "All."}}},
	}, index.Pages)
	files := index.Files()
	assert.Contains(t, string(files["index.json"]), `{"url":"/docs/p/p/","title":"A page","label":"P","sections":[{}]}`)
	text := string(files["text.json"])
	assert.Contains(t, text, `"texts":[["The site."],["Say go."],["Names."],["All."],["All."]]}`)
	_, id, _ := strings.Cut(text, `{"id":`)
	assert.Contains(t, string(files["index.json"]), `"prose":`+id[:14])
	assert.NotContains(t, string(indexOf(t, "", "---\nOther prose.").Files()["index.json"]), id[:14], "the index of other prose")
}

func TestSections(t *testing.T) {
	index := indexOf(t, "", "also: {\"\": [one, two words], a-drawing: [three]}\n---\nBefore *all* of\nit.\n\n"+
		"## Use `errgroup`: twice\n\n- one\n- [two](x.md)\n\n  ~~~go {snippet=\"p.F\"}\n  // Not.This\n  func F(x T) { fmt.Print(\"No.Name\", x) }\n  ~~~\n\n"+
		"> said\n> ```python {snippet=\"p.py:f\"}\n> asyncio.gather(wait_for, \"No.Name\", x) # Not.This\n> ```\n\n"+
		"```csv {timeline=\"p.ExampleF\"}\nlane,ExampleF\n```\n\n"+
		"### A drawing\n\n![What it shows.](p-drawn.svg)\n\n```go {snippet=\"p.F\"}\nfmt.Print(other.Name)\n```\n\n"+
		"| Head | Row |\n|---|---|\n| a | `b` |\n| c | d |\n\n<p>No.Markup</p>\n")
	assert.Equal(t, []Section{
		{"", "", "Say go. Before all of it.", "", []string{"one", "two words"}},
		{"use-errgroup-twice", "Use errgroup: twice", "one two said", "fmt.Print asyncio.gather wait_for", nil},
		{"a-drawing", "A drawing", "What it shows. a · b; c · d;", "other.Name", []string{"three"}},
	}, index.Pages[1].Sections)
}

func TestRows(t *testing.T) {
	index := indexOf(t, "Before.\n\n| asyncio | Go | Read |\n|---|---|---|\n"+
		"| `a`, `b` | `c\\|d` | [X](../p/p.md#one) |\n| e | f | nothing |\n", "---\n")
	assert.Equal(t, []Row{
		{"a, b", "c|d", "/docs/p/p/#one", "/docs/lookup/t/"},
		{"e", "f", "/docs/lookup/t/", "/docs/lookup/t/"},
	}, index.Rows)
	assert.Equal(t, []Section{{Text: "Names. Before."}}, index.Pages[2].Sections, "rows are found as rows")
}
