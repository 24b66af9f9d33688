package site

import (
	"encoding/xml"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// An agent loads SKILL.md whole.
const maxSkill = 40 << 10

// read returns a file of the hosted build.
func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(hosted(t), name))
	require.NoError(t, err)
	return string(text)
}

// markdownAddress returns the file with the Markdown of a page.
func markdownAddress(path string) string {
	if path = strings.Trim(path, "/"); exists(filepath.Join(publicHosted, path, "index.md")) {
		return filepath.Join(path, "index.md")
	}
	return path + ".md"
}

// checkAddress wants a file, and an anchor if it names one, behind an absolute
// address of this site. Anchors of Markdown are those of its HTML.
func checkAddress(t *testing.T, in, address string) {
	t.Helper()
	at, err := url.Parse(address)
	require.NoError(t, err, in)
	if at.Host != "awaitless.test" && at.IsAbs() {
		return
	}
	path, below := strings.CutPrefix(address, host)
	if !assert.True(t, below, "%s: %s leaves %s", in, address, host) {
		return
	}
	path, _, _ = strings.Cut(path, "#")
	if path == "" || strings.HasSuffix(path, "/") {
		path += "index.html"
	}
	if !assert.FileExists(t, filepath.Join(publicHosted, path), "%s: %s", in, address) || at.Fragment == "" {
		return
	}
	page := strings.TrimSuffix(strings.TrimSuffix(path, ".md"), "index")
	for _, n := range all(parse(t, filepath.Join(publicHosted, page, "index.html"))) {
		if attr(n, "id") == at.Fragment {
			return
		}
	}
	assert.Fail(t, "no such anchor", "%s: %s", in, address)
}

var (
	mdLink    = regexp.MustCompile(`\]\(([^()\s]*)\)`)
	codeSpans = regexp.MustCompile("(?ms)^(```+)\\w*$.*?^```+$|`[^`\n]*`")
)

// TestLinksOfMachinesResolve follows every link of the outputs that are not HTML.
func TestLinksOfMachinesResolve(t *testing.T) {
	dir := hosted(t)
	links := 0
	for _, file := range builtFiles(t, dir, ".md", ".txt") {
		text := codeSpans.ReplaceAllString(read(t, file), "")
		for _, m := range mdLink.FindAllStringSubmatch(text, -1) {
			checkAddress(t, file, m[1])
			links++
		}
	}
	assert.Greater(t, links, 500)

	_, robots, _ := strings.Cut(read(t, "robots.txt"), "Sitemap: ")
	checkAddress(t, "robots.txt", strings.TrimSpace(robots))
	var sitemap struct {
		Locs []string `xml:"url>loc"`
	}
	require.NoError(t, xml.Unmarshal([]byte(read(t, "sitemap.xml")), &sitemap))
	require.NotEmpty(t, sitemap.Locs)
	for _, loc := range sitemap.Locs {
		checkAddress(t, "sitemap.xml", loc)
	}
}

// TestMarkdown compares the Markdown of each page with the page's source.
func TestMarkdown(t *testing.T) {
	hosted(t)
	everything, index := read(t, "llms-full.txt"), read(t, "llms.txt")
	assert.Regexp(t, `\A# Awaitless\n\n> .+\n\n`, index)
	for _, path := range pages(t) {
		if path == "/404.html" {
			continue
		}
		name := markdownAddress(path)
		text := read(t, name)
		assert.Regexp(t, `\A# .+\n\n.+\n`, text, name)
		assert.NotContains(t, text, "&#", name)
		for _, f := range fences(t, path) {
			block := "```" + f.lang + "\n" + f.body + "```\n"
			if f.source != "" {
				caption := regexp.MustCompile(`(Source|Output of): ` + regexp.QuoteMeta(f.source) + ".*\n\n" + regexp.QuoteMeta(block))
				assert.True(t, caption.MatchString(text), "%s: no block with a source %s", name, f.source)
			}
			assert.True(t, strings.Contains(text, block), "%s: lacks the block\n%s", name, block)
			assert.True(t, strings.Contains(everything, block), "llms-full.txt: lacks the block\n%s", block)
		}
		if path != "/patterns/" && path != "/guides/" { // in llms.txt they are headings
			assert.Contains(t, index, "("+host+name+")", "llms.txt")
		}
	}
}

// TestSkill holds SKILL.md to the form that agents read, and its code to the
// checked fences of the pages.
func TestSkill(t *testing.T) {
	skill := read(t, "SKILL.md")
	assert.LessOrEqual(t, len(skill), maxSkill, "SKILL.md: name fewer snippets under skill: in content/patterns")
	head := regexp.MustCompile(`\A---\nname: ([a-z-]{1,64})\ndescription: (.+)\n---\n\n# `).FindStringSubmatch(skill)
	require.NotNil(t, head, "SKILL.md: no front matter")
	assert.LessOrEqual(t, len(head[2]), 1024, "the description")
	assert.NotContains(t, head[2], ": ", "the description is not plain YAML")

	var sections []string
	for _, m := range regexp.MustCompile(`(?m)^## (.*)$`).FindAllStringSubmatch(skill, -1) {
		sections = append(sections, m[1])
	}
	assert.Equal(t, []string{"When to use this skill", "From asyncio to Go", "Patterns", "Best practices", "Common pitfalls", "Resources"}, sections)

	var bodies []string
	for _, path := range pages(t) {
		for _, f := range fences(t, path) {
			bodies = append(bodies, f.body)
		}
		text, _ := os.ReadFile(markdown(path))
		if strings.HasPrefix(path, "/patterns/") && path != "/patterns/" {
			assert.Contains(t, string(text), "\nskill: [", "%s: name the snippets that SKILL.md shows", markdown(path))
		}
	}
	blocks := regexp.MustCompile("(?ms)^```go\n(.*?)^```$").FindAllStringSubmatch(skill, -1)
	assert.GreaterOrEqual(t, len(blocks), 12)
	for _, block := range blocks {
		assert.True(t, slices.Contains(bodies, block[1]), "SKILL.md: this block is on no page:\n%s", block[1])
	}
	assert.Equal(t, 2*len(blocks), strings.Count(skill, "```"), "a block in another language")
	assert.NotContains(t, skill, "](#")
}
