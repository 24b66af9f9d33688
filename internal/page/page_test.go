package page

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const odd = "---\ntitle: Odd\nskill: [p.F, p.G]\n---\n" + `
# A title

- A list item with a block:

  ~~~go {snippet="p.F" title="a \"b\""}
  func F() {

  	return
  }
  ~~~

> ` + "```text {output=\"p.ExampleF\" order=\"any\" side=\"both\"}" + `
> # no heading
> ` + "```" + `

## Wait for *all*, with ` + "`gather`" + `

See [the page](/patterns/gather/#wait "title") and <https://go.dev/>.

` + "````python {snippet=\"p.py:f\"}\n```\n## none\n````\n\n```go {snippet=\"p.G\"}\nfunc G() {}\n```\n\ntext\n\n```sh\nls\n```\n"

func TestParse(t *testing.T) {
	p, err := Parse([]byte(odd))
	require.NoError(t, err)
	assert.Equal(t, 5, p.Line)
	assert.Equal(t, "\n# A title\n", string(p.Text[:11]))
	assert.Equal(t, map[string]any{"title": "Odd", "skill": []any{"p.F", "p.G"}}, p.Front)
	assert.Equal(t, []Heading{
		{1, "A title", "a-title"},
		{2, "Wait for all, with gather", "wait-for-all-with-gather"},
	}, p.Headings)
	assert.Equal(t, []string{"/patterns/gather/#wait", "https://go.dev/"}, p.Links)
	assert.Equal(t, []Block{
		{Attrs{Lang: "go", Kind: "snippet", Source: "p.F", Title: `a "b"`}, 10, "func F() {\n\n\treturn\n}\n", false},
		{Attrs{Lang: "text", Kind: "output", Source: "p.ExampleF", Any: true, Side: "both"}, 17, "# no heading\n", true},
		{Attrs{Lang: "python", Kind: "snippet", Source: "p.py:f"}, 25, "```\n## none\n", false},
		{Attrs{Lang: "go", Kind: "snippet", Source: "p.G"}, 30, "func G() {}\n", true},
		{Attrs{Lang: "sh"}, 36, "ls\n", false},
	}, p.Blocks)
	var sides []string
	for _, b := range p.Blocks {
		sides = append(sides, b.On())
	}
	assert.Equal(t, []string{"go", "both", "asyncio", "go", ""}, sides)
	assert.Equal(t, 30, p.Find("snippet", "p.G").Line)
	assert.Nil(t, p.Find("output", "p.G"))
}

func TestSection(t *testing.T) {
	p, err := Parse([]byte("---\ntitle: x\n---\n# A\n\na\n\n## B\n\n```sh\n## no heading\n```\n\n### C\n\nc\n\n## D\n\nd\n"))
	require.NoError(t, err)
	assert.Equal(t, "## B\n\n```sh\n## no heading\n```\n\n### C\n\nc\n\n", string(p.Section("b")))
	assert.Equal(t, "### C\n\nc\n\n", string(p.Section("c")))
	assert.Equal(t, "## D\n\nd\n", string(p.Section("d")))
	assert.Nil(t, p.Section("e"))
}

func TestParseWindows(t *testing.T) {
	p, err := Parse([]byte("\ufeff" + strings.ReplaceAll(odd, "\n", "\r\n")))
	require.NoError(t, err)
	want, err := Parse([]byte(odd))
	require.NoError(t, err)
	assert.Equal(t, want, p)
}

func TestParseFaults(t *testing.T) {
	for src, want := range map[string]string{
		"---\ntitle: x\n":            "line 1: front matter is not closed; end it with ---",
		"---\na: [\n---\n":           "line 1: front matter is no YAML",
		"x\n\n```go\n":               "line 3: fence is not closed; end it with ```",
		"```go {snippet=x}\n```\n":   `line 1: bad attribute syntax`,
		"```go {side=\"x\"}\n```\n":  `line 1: side="x"; valid are "both", "go" and "asyncio"`,
		"```go {order=\"any\"}\n```": `line 1: order="any" without an output`,
	} {
		_, err := Parse([]byte(src))
		assert.ErrorContains(t, err, want, src)
	}
}

// TestParsePages reads the pages of this site.
func TestParsePages(t *testing.T) {
	blocks := 0
	err := filepath.WalkDir("../../content", func(path string, e fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".md" {
			return err
		}
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		p, err := Parse(text)
		require.NoError(t, err, path)
		assert.NotEmpty(t, p.Front["title"], path)
		blocks += len(p.Blocks)
		for _, b := range p.Blocks {
			assert.Contains(t, string(text), b.Body, "%s:%d", path, b.Line)
		}
		return nil
	})
	require.NoError(t, err)
	assert.Greater(t, blocks, 100)
}

// TestProse reads the code and the tables of a page; what is fenced is neither.
func TestProse(t *testing.T) {
	p, err := Parse([]byte("Use `a.B` or [the `c`](d.md#e).\n\n```text\n`no`\n| no |\n```\n\n" +
		"| head | `no row` |\n|---|---|\n| `x`, y | [z](w.md) |\n"))
	require.NoError(t, err)
	assert.Equal(t, []Code{{"a.B", ""}, {"c", "d.md#e"}, {"no row", ""}, {"x", ""}}, p.Code)
	assert.Equal(t, []string{"d.md#e", "w.md"}, p.Links)
	assert.Equal(t, []Row{{
		{Text: "x, y", Code: []Code{{"x", ""}}},
		{Text: "z", Links: []string{"w.md"}},
	}}, p.Rows)
}
