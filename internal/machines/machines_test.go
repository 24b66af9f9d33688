package machines

import (
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/content"
)

// small is the least that a site has, with a chapter and a pitfall.
var small = map[string]string{
	"_index.md":        "---\ntitle: Home\ndescription: The site.\n---\n\n## Copy it\n",
	"lookup/_index.md": "---\ntitle: Look up\ndescription: All.\nweight: 3\n---\n",
	"lookup/one.md": "---\ntitle: One\ndescription: Names.\n---\n\n" +
		"| asyncio | Go | Read |\n|---|---|---|\n| `a` | `b` | [B](../patterns/gather.md#x) |\n| `c\\|d` | e | no chapter yet |\n",
	"patterns/_index.md": "---\ntitle: Patterns\ndescription: All.\nweight: 1\n---\n",
	"patterns/gather.md": "---\ntitle: Wait\nlinkTitle: gather\ndescription: How.\nskill: [gather.All]\n---\n\n" +
		"```go {snippet=\"gather.All\"}\nfunc All()\n```\n\n```go {snippet=\"gather.one\"}\nfunc one()\n```\n\n" +
		"```go {snippet=\"gather.ExampleAll\"}\nAll()\n```\n\n" +
		"## What is different\n\nFirst.\n\n### Go [waits](#x)\n\nIt is shown above. It waits (`TestAll`); see below.\n",
	"guides/_index.md":          "---\ntitle: Guides\ndescription: All.\nweight: 2\n---\n",
	"guides/when.md":            "---\ntitle: When\ndescription: When.\n---\n\n## Choose\n\n| You | Take | Read |\n|---|---|---|\n| a | b | [x](practices.md) |\n\n## A stream\n\n## When not to\n\n- [Not](when.md) now.\n",
	"guides/practices.md":       "---\ntitle: Practices\ndescription: All.\nweight: 1\n---\n\n## Do it\n\n- no\n\nBecause `a. b` is so. It is:\n\n## Sources\n\n- x\n",
	"guides/pitfalls/_index.md": "---\ntitle: Pitfalls\ndescription: All.\n---\n\n| a | Go | Found by | Read |\n|---|---|---|---|\n| a | b | `go vet` | [T](trap.md) |\n",
	"guides/pitfalls/trap.md":   "---\ntitle: Trap\ndescription: A trap.\n---\n\n**Found by** vet. **The fix** is `x.y`. More.\n",
}

// made are the outputs of the small site with other pages in the place of some of it.
func made(t *testing.T, pages map[string]string) (map[string]string, error) {
	t.Helper()
	source := fstest.MapFS{"patterns/q.svg": &fstest.MapFile{}}
	all := maps.Clone(small)
	maps.Copy(all, pages)
	for name, text := range all {
		if text != "" {
			source[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	base, err := url.Parse("https://x.test/docs/")
	require.NoError(t, err)
	site, err := content.Load(source, []string{"patterns", "guides", "lookup"})
	if err != nil {
		return nil, err
	}
	files, err := Files(site, Config{
		Title: "T", Repository: "https://r.test", Base: base, Go: "go1.26.1", Commit: "abc",
		Programs: fstest.MapFS{"gather.ExampleAll.go": &fstest.MapFile{}},
	})
	texts := map[string]string{}
	for name, text := range files {
		texts[name] = string(text)
	}
	return texts, err
}

const head = "---\ntitle: P\ndescription: D.\nweight: 9\n---\n"

func TestTwin(t *testing.T) {
	const program = ", [whole program](https://x.test/docs/programs/gather.ExampleAll.go)"
	for name, c := range map[string]struct{ text, want string }{
		"a snippet":  {"```go {snippet=\"gather.All\"}\nx\n```", "Source: gather.All" + program + "\n\n```go\nx\n```"},
		"an Example": {"```go {snippet=\"gather.ExampleAll\"}\nx\n```", "Source: gather.ExampleAll" + program + "\n\n```go\nx\n```"},
		"an output":  {"```text {output=\"a.B\" order=\"any\" title=\"Both \\\"x\\\"\"}\nx\n```", "Output of: a.B (Both \"x\"), in any order\n\n```text\nx\n```"},
		"a timeline": {"```csv {timeline=\"a.B\" title=\"t\"}\nx\n```", "Timeline of: a.B (t)\n\n```csv\nx\n```"},
		"a file":     {"```text {file=\"a.txtar:b\" side=\"both\"}\nx\n```", "Source: a.txtar:b\n\n```text\nx\n```"},
		"a title":    {"```sh {title=\"t\"}\nx\n```", "t\n\n```sh\nx\n```"},
		"no source":  {"```sh\nx\n```", "```sh\nx\n```"},
		"tildes":     {"~~~~go {snippet=\"a.b\"}\n~~~\n~~~~", "Source: a.b\n\n~~~~go\n~~~\n~~~~"},
		"in a list":  {"- one\n\n  ```go {snippet=\"a.b\"}\n  x\n  ```", "- one\n\n  Source: a.b\n\n  ```go\n  x\n  ```"},
		"a list's":   {"- ```go {snippet=\"a.b\"}\n  x\n  ```", "- Source: a.b\n\n  ```go\n  x\n  ```"},
		"in a quote": {"> ```go {snippet=\"a.b\"}\n> x\n> ```", "> Source: a.b\n>\n> ```go\n> x\n> ```"},
		"under text": {"a\n```go {snippet=\"a.b\"}\nx\n```", "a\n\nSource: a.b\n\n```go\nx\n```"},
		"in a fence": {"````text\n```go {snippet=\"a.b\"}\n```\n````", "````text\n```go {snippet=\"a.b\"}\n```\n````"},
		"last line":  {"\n```go {snippet=\"a.b\"}\n```", "Source: a.b\n\n```go\n```"},

		"a page":        {"[a](../patterns/gather.md#b)", "[a](https://x.test/docs/patterns/gather.md#b)"},
		"a section":     {"[a](_index.md)", "[a](https://x.test/docs/guides/index.md)"},
		"itself":        {"[a](#b)", "[a](https://x.test/docs/guides/p.md#b)"},
		"a drawing":     {"![a](../patterns/q.svg \"t\")", "![a](https://x.test/docs/patterns/q.svg \"t\")"},
		"elsewhere":     {"[a](https://go.dev/#b) [c](/d)", "[a](https://go.dev/#b) [c](/d)"},
		"in code":       {"`[a](../patterns/gather.md)`", "`[a](../patterns/gather.md)`"},
		"in a block":    {"```text\n[a](../patterns/gather.md)\n```", "```text\n[a](../patterns/gather.md)\n```"},
		"in a table":    {"| a |\n|---|\n| [`x`](../patterns/gather.md) |", "| a |\n|---|\n| [`x`](https://x.test/docs/patterns/gather.md) |"},
		"in their text": {"[gather.md](../patterns/gather.md)", "[gather.md](https://x.test/docs/patterns/gather.md)"},
	} {
		files, err := made(t, map[string]string{"guides/p.md": head + "\n" + c.text + "\n"})
		require.NoError(t, err, name)
		assert.Equal(t, "# P\n\nD.\n\n"+c.want+"\n", files["guides/p.md"], name)
		assert.Contains(t, files["llms-full.txt"], "Page: https://x.test/docs/guides/p/\n\nD.\n\n"+c.want+"\n", name)
	}
}

// TestLists holds what is made of all pages, where their order and links matter.
func TestLists(t *testing.T) {
	files, err := made(t, map[string]string{"guides/a.md": strings.Replace(head, "weight: 9\n", "", 1)})
	require.NoError(t, err)
	assert.Equal(t, "# Patterns\n\nAll.\n\n- [Wait](https://x.test/docs/patterns/gather.md): How.\n", files["patterns/index.md"])
	assert.Equal(t, `# T

> The site.

Each page stands beside its HTML as Markdown. Every block of code in it was compiled, run and checked; the line above `+
		"a block names its source in the repository, https://r.test. Copied alone, a block needs `go 1.26` in go.mod. "+
		`[All asyncio names and their Go](https://x.test/docs/lookup/index.md) is the place to look one up.

## Patterns

- [Wait](https://x.test/docs/patterns/gather.md): How.

## Guides

- [Practices](https://x.test/docs/guides/practices.md): All.
- [P](https://x.test/docs/guides/a.md): D.
- [When](https://x.test/docs/guides/when.md): When.

## Pitfalls

- [Pitfalls](https://x.test/docs/guides/pitfalls/index.md): All.
- [Trap](https://x.test/docs/guides/pitfalls/trap.md): A trap.

## Look up

- [One](https://x.test/docs/lookup/one.md): Names.

## Optional

- [Everything in one file](https://x.test/docs/llms-full.txt): all pages in reading order.
- [Agent skill](https://x.test/docs/.well-known/agent-skills/go-concurrency-for-asyncio/SKILL.md): the patterns, practices and pitfalls as a skill of an agent; [all of it as a zip](https://x.test/docs/.well-known/agent-skills/go-concurrency-for-asyncio.zip).
`, files["llms.txt"])
	assert.True(t, strings.HasPrefix(files["llms-full.txt"], "# Home\n\nPage: https://x.test/docs/\n\nThe site.\n\n## Copy it\n"))
	var titles []string
	for line := range strings.Lines(files["llms-full.txt"]) {
		if title, ok := strings.CutPrefix(line, "# "); ok {
			titles = append(titles, strings.TrimSpace(title))
		}
	}
	assert.Equal(t, []string{"Home", "Wait", "Practices", "P", "Pitfalls", "Trap", "When", "One"}, titles)
}

func TestFaults(t *testing.T) {
	change := func(name, old, with string) map[string]string {
		require.Contains(t, small[name], old)
		return map[string]string{name: strings.Replace(small[name], old, with, 1)}
	}
	for want, pages := range map[string]map[string]string{
		"content/guides/p.md:6: fence is not closed; end it with ```":                                              {"guides/p.md": head + "```go\n"},
		"content/guides/p.md:1: no title; the metadata needs a line \"title: …\"":                                  {"guides/p.md": "---\ndescription: D\n---\n"},
		"content/guides/p.md:1: no description; the metadata needs a line":                                         {"guides/p.md": "---\ntitle: D\n---\n"},
		"content/guides/p.md:8: no page guides/wen.md; valid: guides/when.md":                                      {"guides/p.md": head + "\n\n[a](wen.md)\n"},
		"content/guides/p.md:6: no file guides/a.svg; link to a page, to a file beside it":                         {"guides/p.md": head + "![a](a.svg)\n"},
		"content/guides/p.md:7: link to when.md is defined elsewhere; write [text](when.md)":                       {"guides/p.md": head + "\n[a][b]\n\n[b]: when.md\n"},
		"content/guides/_index.md: no such page; each section, and the home page, needs one":                       {"guides/_index.md": ""},
		"content/guides/practices.md: no such page, which the skill needs; write it":                               {"guides/practices.md": "", "guides/when.md": "---\ntitle: W\ndescription: W\n---\n"},
		"content/patterns/gather.md:1: skill: the page shows no Go snippet gather.Al; valid: gather.All":           change("patterns/gather.md", "skill: [gather.All]", "skill: [gather.Al]"),
		"content/patterns/gather.md:1: no skill; name the snippets that an agent needs most: skill: [gather.Name]": change("patterns/gather.md", "skill: [gather.All]\n", ""),
		"content/patterns/gather.md:1: skill is no list; write skill: [gather.All]":                                change("patterns/gather.md", "[gather.All]", "gather.All"),
		"content/patterns/gather.md:7: no section \"What is different\", which the skill needs":                    change("patterns/gather.md", "## What is", "## What was"),
		"content/patterns/gather.md:7: no claim in section \"What is different\"; make one a heading":              change("patterns/gather.md", "### Go [waits](#x)\n\nIt", "It"),
		"content/lookup/_index.md: no such page":                                                                   {"lookup/_index.md": ""},
		"content/guides/when.md:5: no list in section \"When not to\", which the skill needs":                      change("guides/when.md", "- [Not", "[Not"),
		"content/guides/pitfalls/_index.md:5: no row for trap.md; add one to the table: | asyncio":                 change("guides/pitfalls/_index.md", "(trap.md)", "(../when.md)"),
		"content/guides/pitfalls/trap.md:5: no paragraph with **The fix**; say in one how":                         change("guides/pitfalls/trap.md", "**The fix**", "The fix"),
		"content/guides/pitfalls/trap.md:6: the fix leans on its page; say it in a sentence":                       change("guides/pitfalls/trap.md", "`x.y`. More", "above"),
	} {
		files, err := made(t, pages)
		assert.ErrorContains(t, err, want)
		assert.Empty(t, files, want)
	}
	_, err := made(t, map[string]string{"guides/p.md": "x", "guides/q.md": "x"})
	assert.ErrorContains(t, err, "guides/p.md:1: no title")
	assert.ErrorContains(t, err, "guides/q.md:1: no title", "each page is named")
}

func TestSkillOfSmallSite(t *testing.T) {
	files, err := made(t, nil)
	require.NoError(t, err)
	in := func(name string) string { return files[skillFolder+"/"+name] }
	assert.Equal(t, `# gather: Wait

How.

The whole chapter, with the asyncio original, the outputs and the tests: https://x.test/docs/patterns/gather.md

## Code

Source: gather.All, [whole program](https://x.test/docs/programs/gather.ExampleAll.go)

`+"```go\nfunc All()\n```"+`

## More of it

Source: gather.one

`+"```go\nfunc one()\n```"+`

## What is different

- **Go waits.** It waits.
`, in("references/gather.md"))
	assert.Contains(t, in("references/names.md"), "## One\n\n| asyncio | Go | Read |\n|---|---|---|\n| `a` | `b` | `gather.md` |\n| `c\\|d` | e | no chapter yet |\n")
	assert.Contains(t, in("references/practices.md"), "\n- **Do it.** Because `a. b` is so. It is.\n")
	assert.NotContains(t, in("references/practices.md"), "Sources")
	assert.Contains(t, in("references/pitfalls.md"), "\n## Trap\n\nA trap. Found by `go vet`. The fix is `x.y`.\n")
	skill := in("SKILL.md")
	assert.Contains(t, skill, "\nmetadata:\n  go: \"go1.26.1\"\n  commit: \"abc\"\n  source: \"https://r.test\"\n---\n")
	for _, line := range []string{
		"- A stream", "- Not now.", "| a | b | `references/practices.md` |", "- [gather](references/gather.md): Wait",
		"- Do it", "- Trap: found by `go vet`",
	} {
		assert.Contains(t, skill, "\n"+line+"\n")
	}
	assert.Equal(t, skill, files["SKILL.md"], "the old address")
}

func TestAlone(t *testing.T) {
	for prose, want := range map[string]string{
		"One. Two. Three.":                         "One. Two.",
		"See below. Two.":                          "Two.",
		"One; as above; three. Two":                "One; three. Two",
		"One; the test shows it.":                  "One.",
		"It is said in `a. b` and 1.5 s:":          "It is said in `a. b` and 1.5 s.",
		"Belowground, abovementioned (`TestOne`).": "Belowground, abovementioned.",
		"A `x` (`TestOne`) and (`TestTwo`) b.":     "A `x` and b.",
		"The (`TestOne` is not closed.":            "The (`TestOne` is not closed.",
		"As the code\tabove says.":                 "",
		"":                                         "",
	} {
		assert.Equal(t, want, alone(prose, 2), prose)
	}
}

// TestWrite leaves nothing of what was made before, and what has not changed alone: also where a
// file becomes a folder, and a folder a file.
func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	require.NoError(t, Write(dir, map[string][]byte{"a/old.md": nil, "e/f/g": nil, "h": nil, "b/c.sh": []byte("x")}))
	before, err := os.Stat(filepath.Join(dir, "b/c.sh"))
	require.NoError(t, err)
	then := before.ModTime().Add(-time.Hour)
	require.NoError(t, os.Chtimes(filepath.Join(dir, "b/c.sh"), then, then))

	require.NoError(t, Write(dir, map[string][]byte{"b/c.sh": []byte("x"), "d.md": nil, "e": nil, "h/i": nil}))
	var names []string
	require.NoError(t, filepath.WalkDir(dir, func(name string, e os.DirEntry, err error) error {
		names = append(names, e.Name())
		return err
	}))
	assert.Equal(t, []string{"out", "b", "c.sh", "d.md", "e", "h", "i"}, names)
	info, err := os.Stat(filepath.Join(dir, "b/c.sh"))
	require.NoError(t, err)
	assert.Equal(t, "-rwxr-xr-x", info.Mode().String())
	assert.True(t, info.ModTime().Equal(then), "it was written again")
}
