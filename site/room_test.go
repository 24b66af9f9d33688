package site

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/awaitless/awaitless/internal/page"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	// As many chapters as the budgets must have room for.
	roomyChapters  = 40
	oddPage        = "patterns/basics2" // is given odd fences
	roomyDrawnGzip = 20 << 10           // a page with timelines
	maxSkillBytes  = 4 * 4000           // 4,000 tokens
	maxSkillLines  = 300
)

// TestRoom builds the site with copies of its chapters under other names, and
// holds it to the budgets of today: those that grow with each chapter must not
// be used up by the ones to come.
func TestRoom(t *testing.T) {
	t.Parallel()
	build(t)
	root := t.TempDir()
	for _, dir := range []string{"content", "site/layouts", "site/assets", programs, drawn} {
		require.NoError(t, os.CopyFS(filepath.Join(root, dir), os.DirFS(filepath.Join("..", dir))))
	}
	for _, file := range []string{"site/hugo.toml", "go.mod", "go.sum"} {
		require.NoError(t, os.WriteFile(filepath.Join(root, file), []byte(readFile(t, filepath.Join("..", file))), 0o644))
	}
	multiply(t, filepath.Join(root, "content/patterns"), filepath.Join(root, drawn, "patterns"))
	out := filepath.Join(root, "public")
	said, err := hugoSays(filepath.Join(root, "site"), out, "/")
	require.NoError(t, err)
	_, took, _ := strings.Cut(said, "Total in ")
	t.Logf("Hugo: %s", strings.TrimSpace(took))

	chapters := 0
	for _, file := range builtFiles(t, out, ".html") {
		path := "/" + strings.TrimSuffix(filepath.ToSlash(file), "index.html")
		checkBudget(t, out, path, roomyDrawnGzip)
		if strings.HasPrefix(path, "/patterns/") && path != "/patterns/" {
			chapters++
		}
	}
	assert.Equal(t, roomyChapters, chapters)

	skill := readFile(t, filepath.Join(out, skillFolder, "SKILL.md"))
	lines := strings.Count(skill, "\n")
	t.Logf("SKILL.md: %d lines, %d tokens", lines, len(skill)/4)
	assert.LessOrEqual(t, len(skill), maxSkillBytes, "SKILL.md")
	assert.LessOrEqual(t, lines, maxSkillLines, "SKILL.md")
	assert.Equal(t, roomyChapters, strings.Count(skill, "\n- ["), "a line each")

	first, whole := searchGzip(t, out)
	assert.LessOrEqual(t, first, roomySearchGzip, "what search needs for its first results")
	assert.LessOrEqual(t, whole, roomySearchAllGzip, "all of search")
	t.Run("odd fences", func(t *testing.T) { checkOddFences(t, root, out) })
}

// oddFences are what CommonMark takes for fences and no page has yet.
const oddFences = `
- In a list:

  ~~~go {snippet="odd.List"}
  func List() {

  	return
  }
  ~~~

> ` + "```text {output=\"odd.Quote\" side=\"both\"}" + `
> one
> ` + "```" + `

1. ` + "````python {snippet=\"odd.py:long\"}" + `
   ` + "```" + `
   ` + "````" + `
`

// checkOddFences looks for them in all that is made of the page which has them.
func checkOddFences(t *testing.T, root, out string) {
	source, err := page.Parse([]byte(readFile(t, filepath.Join(root, "content", oddPage+".md"))))
	require.NoError(t, err)
	odd := source.Blocks[len(source.Blocks)-3:]
	require.Equal(t, "func List() {\n\n\treturn\n}\n", odd[0].Body)
	require.Equal(t, []string{"go", "both", "asyncio"}, []string{odd[0].On(), odd[1].On(), odd[2].On()})

	var bodies, sources, sides []string
	for _, n := range all(parse(t, filepath.Join(out, oddPage, "index.html"))) {
		if strings.HasPrefix(attr(n, "data-source"), "odd.") {
			sources = append(sources, attr(n, "data-source"))
			sides = append(sides, attr(n, "data-side"))
		}
		if n.Data == "pre" {
			bodies = append(bodies, textOf(n))
		}
	}
	assert.Equal(t, []string{"odd.List", "odd.Quote", "odd.py:long"}, sources)
	assert.Equal(t, []string{"go", "both", "asyncio"}, sides)
	for i, body := range bodies[len(bodies)-3:] {
		assert.Equal(t, odd[i].Body, body)
	}
	for _, file := range []string{oddPage + ".md", "llms-full.txt"} {
		text := readFile(t, filepath.Join(out, file))
		assert.Contains(t, text, "\n  Source: odd.List\n\n  ~~~go\n", file)
		assert.Contains(t, text, "\n> Output of: odd.Quote\n>\n> ```text\n> one\n", file)
		assert.Contains(t, text, "\n1. Source: odd.py:long\n\n   ````python\n", file)
		assert.NotContains(t, text, "odd.List\"", file)
	}
	skill := readFile(t, filepath.Join(out, skillFolder, "references", filepath.Base(oddPage)+".md"))
	assert.Contains(t, skill, "Source: odd.List\n\n```go\nfunc List() {\n\n\treturn\n}\n```\n")
}

var aliasLine = regexp.MustCompile(`(?m)^aliases: .*\n`)

// multiply copies the chapters in dir until there are enough.
func multiply(t *testing.T, dir, pictures string) {
	t.Helper()
	chapters, err := filepath.Glob(filepath.Join(dir, "*.md"))
	require.NoError(t, err)
	chapters = slices.DeleteFunc(chapters, func(name string) bool { return filepath.Base(name) == "_index.md" })
	for _, name := range chapters {
		// An old address leads to one page, and is no chapter.
		text := aliasLine.ReplaceAllString(readFile(t, name), "")
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
	for i := range roomyChapters - len(chapters) {
		name := chapters[i%len(chapters)]
		n := fmt.Sprint(i/len(chapters) + 2)
		text := readFile(t, name)
		for _, key := range []string{"title: ", "linkTitle: "} {
			before, rest, found := strings.Cut(text, "\n"+key)
			require.True(t, found, "%s: no %s", name, key)
			text = before + "\n" + key + "Again " + n + ", " + rest
		}
		text = strings.Replace(text, "\nweight: ", "\nweight: "+n, 1)
		name = strings.TrimSuffix(name, ".md")
		if of := filepath.Join(pictures, filepath.Base(name)); exists(of) {
			require.NoError(t, os.CopyFS(of+n, os.DirFS(of)))
		}
		name += n + ".md"
		if strings.HasSuffix(name, oddPage+".md") {
			text += oddFences
		}
		require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
	}
}
