package examples

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	markdown "github.com/awaitless/awaitless/internal/page"
)

// TestChaptersHaveTheirParts checks what a reader and an agent look for
// in every chapter, and that each has a place of its own in the order.
func TestChaptersHaveTheirParts(t *testing.T) {
	chapters := pagesOf(t, "content/patterns/*.md")
	complaints := append(unordered(chapters, "linkTitle"),
		incomplete(chapters)...)
	pitfalls := pagesOf(t, "content/guides/pitfalls/*.md")
	complaints = append(complaints, unordered(pitfalls)...)
	for _, complaint := range complaints {
		t.Error(complaint)
	}
}

// pagesOf are the pages of a section by their paths, without its list.
func pagesOf(t *testing.T, pattern string) map[string]*markdown.Page {
	pages := map[string]*markdown.Page{}
	each(t, pattern, func(path, slug string) {
		if slug != "_index" {
			path = strings.TrimPrefix(path, root+"/")
			pages[path] = parsePage(t, filepath.Join(root, path))
		}
	})
	require.NotEmpty(t, pages)
	return pages
}

// unordered complains of the pages without a title, a description, a
// place or what more is wanted, and of those in the place of another.
func unordered(
	pages map[string]*markdown.Page, more ...string,
) (found []string) {
	keys := append([]string{"title", "description", "weight"}, more...)
	taken := map[string]string{}
	for _, path := range slices.Sorted(maps.Keys(pages)) {
		p := pages[path]
		for _, key := range keys {
			if p.Front[key] == nil {
				found = append(found, fmt.Sprintf(
					"%s:1: no %s; add it to the front matter",
					path, key))
			}
		}
		if weight := fmt.Sprint(p.Front["weight"]); weight != "<nil>" {
			if other := taken[weight]; other != "" {
				found = append(found, fmt.Sprintf(
					"%s:1: weight %s is that of %s; give it "+
						"one between those of its neighbours",
					path, weight, other))
			}
			taken[weight] = path
		}
	}
	return found
}

// incomplete complains of the chapters that lack a part.
func incomplete(pages map[string]*markdown.Page) (found []string) {
	for _, path := range slices.Sorted(maps.Keys(pages)) {
		p := pages[path]
		for _, section := range []string{
			"In short", "What is different", "How it is proved",
			"Sources",
		} {
			is := func(h markdown.Heading) bool {
				return h.Level == 2 && h.Text == section
			}
			if !slices.ContainsFunc(p.Headings, is) {
				found = append(found, fmt.Sprintf(
					"%s:%d: no section %q; add ## %[3]s",
					path, p.Line, section))
			}
		}
		found = append(found, long(path, p)...)
	}
	return found
}

// shortest is how many lines a block of "In short" may have.
const shortest = 8

// long complains of a chapter that does not begin with a pair which a
// reader takes in at a glance.
func long(path string, p *markdown.Page) (found []string) {
	sides := map[string]bool{}
	text := string(p.Section("in-short"))
	for _, block := range p.Blocks {
		code := block.Lang == "python" || block.Lang == "go"
		if !code || !strings.Contains(text, `"`+block.Source+`"`) {
			continue
		}
		sides[block.On()] = true
		if lines := strings.Count(block.Body, "\n"); lines > shortest {
			found = append(found, fmt.Sprintf(
				"%s:%d: %d lines in short; valid are at most %d; "+
					"the rest belongs below ## Side by side",
				path, block.Line, lines, shortest))
		}
	}
	if text != "" && !(sides["asyncio"] && sides["go"]) {
		found = append(found, fmt.Sprintf(
			"%s:%d: In short has no pair; show asyncio and Go",
			path, p.Line))
	}
	return found
}

// TestRulesAreTried checks that a package with functions that take a
// context holds them to the rules of internal/rules. There, a function
// that is not listed is found.
func TestRulesAreTried(t *testing.T) {
	for slug := range chapters(t) {
		files := map[string]string{}
		each(t, "examples/"+slug+"/*.go", func(path, _ string) {
			files[strings.TrimPrefix(path, root+"/")] = read(t, path)
		})
		if complaint := unruled(slug, files); complaint != "" {
			t.Error(complaint)
		}
	}
}

// unruled complains of a package that takes contexts and has no test of
// the rules.
func unruled(slug string, files map[string]string) string {
	takes := ""
	for path, text := range files {
		switch {
		case !strings.HasSuffix(path, "_test.go"):
			if strings.Contains(text, "context.Context") {
				takes = max(takes, path)
			}
		case strings.Contains(text, "\trules.Check(t, "):
			return ""
		}
	}
	if takes == "" {
		return ""
	}
	return fmt.Sprintf("%s: takes a context, and no test tries the "+
		"rules; add TestRules with rules.Check to "+
		"examples/%s/rules_test.go", takes, slug)
}

// TestEquivalentsHaveTheirPackages checks the names in
// testdata/equivalent.txt. The mutants of a package that is gone are
// never made, so nothing else misses them.
func TestEquivalentsHaveTheirPackages(t *testing.T) {
	text := read(t, filepath.Join(root, "testdata", "equivalent.txt"))
	known := chapters(t)
	for _, complaint := range unowned(text, func(slug string) bool {
		return known[slug].pkg != ""
	}) {
		t.Error(complaint)
	}
}

// unowned complains of the lines whose package is not known.
func unowned(text string, known func(string) bool) (found []string) {
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		slug, _, _ := strings.Cut(line, ".")
		if !known(slug) {
			found = append(found, fmt.Sprintf(
				"testdata/equivalent.txt:%d: no package examples/%s; "+
					"give it its new name, or strike the line",
				number, slug))
		}
	}
	return found
}

// TestPromisesCanFail shows what the checks above find.
func TestPromisesCanFail(t *testing.T) {
	whole := "---\ntitle: A\nlinkTitle: B\ndescription: C\n" +
		"weight: 10\n---\n\n## In short\n\n" +
		"```python {snippet=\"x.py:f\"}\na\n```\n\n" +
		"```go {snippet=\"x.ExampleF\"}\nb\n```\n\n" +
		"## What is different\n\n" +
		"## How it is proved\n\n## Sources\n"
	parsed := func(text string) *markdown.Page {
		p, err := markdown.Parse([]byte(text))
		require.NoError(t, err)
		return p
	}
	poor := strings.Replace(whole, "linkTitle: B\n", "", 1)
	poor = strings.Replace(poor, "## Sources\n", "", 1)
	assert.Empty(t, incomplete(map[string]*markdown.Page{
		"a.md": parsed(whole),
	}))
	both := map[string]*markdown.Page{
		"a.md": parsed(whole), "b.md": parsed(poor),
	}
	assert.Equal(t, []string{
		"b.md:1: no linkTitle; add it to the front matter",
		"b.md:1: weight 10 is that of a.md; give it one between " +
			"those of its neighbours",
	}, unordered(both, "linkTitle"))
	assert.Equal(t, []string{
		`b.md:6: no section "Sources"; add ## Sources`,
	}, incomplete(both))

	wide := strings.Replace(whole, "b\n", strings.Repeat("b\n", 9), 1)
	assert.Equal(t, []string{
		"c.md:14: 9 lines in short; valid are at most 8; the rest " +
			"belongs below ## Side by side",
	}, incomplete(map[string]*markdown.Page{"c.md": parsed(wide)}))
	alone := strings.Replace(whole, "x.py:f", "x.py:g", 1)
	alone = strings.Replace(alone, "python {", "sh {", 1)
	assert.Equal(t, []string{
		"d.md:7: In short has no pair; show asyncio and Go",
	}, incomplete(map[string]*markdown.Page{"d.md": parsed(alone)}))

	files := map[string]string{"examples/x/x.go": "ctx context.Context"}
	assert.Equal(t, "examples/x/x.go: takes a context, and no test "+
		"tries the rules; add TestRules with rules.Check to "+
		"examples/x/rules_test.go", unruled("x", files))
	files["examples/x/rules_test.go"] = "\trules.Check(t, nil)"
	assert.Empty(t, unruled("x", files))
	files = map[string]string{"y.go": "package y"}
	assert.Empty(t, unruled("y", files))

	assert.Equal(t, []string{
		"testdata/equivalent.txt:3: no package examples/old; give it " +
			"its new name, or strike the line",
	}, unowned("# a\nnew.F go 1 | a | b\nold.F go 1 | a | b\n",
		func(slug string) bool { return slug == "new" }))
}
