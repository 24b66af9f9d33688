package site

import (
	"crypto/sha256"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/awaitless/awaitless/internal/page"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// skillFolder is where agents look for the skill.
const skillFolder = ".well-known/agent-skills/go-concurrency-for-asyncio/"

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

// TestLinksOfMachinesResolve follows every link of the outputs that are not HTML.
// Those of the skill are relative to its folder.
func TestLinksOfMachinesResolve(t *testing.T) {
	dir := hosted(t)
	links := 0
	for _, file := range builtFiles(t, dir, ".md", ".txt") {
		for _, span := range page.Spans([]byte(read(t, file))) {
			address := span.Dest
			if strings.HasPrefix(file, skillFolder) && !strings.Contains(address, ":") {
				address = host + filepath.ToSlash(filepath.Join(filepath.Dir(file), address))
			} else if file == "SKILL.md" && !strings.Contains(address, ":") {
				address = host + skillFolder + address
			}
			checkAddress(t, file, address)
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
	var all, inAll []string
	for _, path := range pages(t) {
		if path == "/404.html" {
			continue
		}
		name := markdownAddress(path)
		text := read(t, name)
		assert.Regexp(t, `\A# .+\n\n.+\n`, text, name)
		assert.NotContains(t, text, "&#", name)
		want, got := allFences(t, path), parseBlocks(t, name, text)
		require.Len(t, got, len(want), "%s: blocks", name)
		lines := strings.Split(text, "\n")
		for i, b := range got {
			at := fmt.Sprintf("%s:%d", name, b.Line)
			require.Equal(t, want[i].lang, b.Lang, at)
			require.Equal(t, want[i].body, b.Body, at)
			if want[i].source != "" {
				require.Contains(t, lines[b.Line-3], ": "+want[i].source, "%s: above it", at)
			}
			all = append(all, b.Body)
		}
		if !slices.Contains([]string{"/", "/patterns/", "/guides/"}, path) { // of which llms.txt makes headings
			assert.Contains(t, index, "("+host+name+")", "llms.txt")
		}
	}
	for _, b := range parseBlocks(t, "llms-full.txt", everything) {
		inAll = append(inAll, b.Body)
	}
	assert.ElementsMatch(t, all, inAll, "llms-full.txt: blocks")
}

// parseBlocks are the blocks of an output.
func parseBlocks(t *testing.T, name, text string) []page.Block {
	t.Helper()
	p, err := page.Parse([]byte(text))
	require.NoError(t, err, name)
	return p.Blocks
}

// TestSkill holds the skill to the places where agents look for it, and to the code
// on the pages. internal/machines holds it to its specification.
func TestSkill(t *testing.T) {
	skill := read(t, skillFolder+"SKILL.md")
	assert.Equal(t, skill, read(t, "SKILL.md"), "the old address")
	p, err := page.Parse([]byte(skill))
	require.NoError(t, err)
	assert.Equal(t, filepath.Base(skillFolder), p.Front["name"])
	assert.Contains(t, skill, host+skillFolder, "where its files are")
	var index struct {
		Skills []struct{ URL, Digest string }
	}
	require.NoError(t, json.Unmarshal([]byte(read(t, ".well-known/agent-skills/index.json")), &index))
	require.Len(t, index.Skills, 1)
	archive := read(t, ".well-known/agent-skills/"+index.Skills[0].URL)
	assert.Equal(t, fmt.Sprintf("sha256:%x", sha256.Sum256([]byte(archive))), index.Skills[0].Digest)

	for _, path := range pages(t) {
		name, chapter := strings.CutPrefix(path, "/patterns/")
		if name = strings.Trim(name, "/"); !chapter || name == "" {
			continue
		}
		var bodies []string
		for _, f := range fences(t, path) {
			bodies = append(bodies, f.body)
		}
		p, err := page.Parse([]byte(read(t, skillFolder+"references/"+name+".md")))
		require.NoError(t, err, name)
		assert.NotEmpty(t, p.Blocks, name)
		for _, b := range p.Blocks {
			assert.True(t, slices.Contains(bodies, b.Body), "references/%s.md:%d: this block is not on its page", name, b.Line)
		}
	}
}

// TestNoNothing looks for the word that a template or Go prints for no value, where
// no program printed it.
func TestNoNothing(t *testing.T) {
	for _, file := range builtFiles(t, hosted(t), ".md", ".txt") {
		text := read(t, file)
		assert.NotContains(t, text, "%!", file)
		p, err := page.Parse([]byte(text))
		require.NoError(t, err, file)
		for _, b := range p.Blocks {
			text = strings.ReplaceAll(text, b.Body, "")
		}
		assert.NotContains(t, text, "<nil>", file)
	}
}
