package site

import (
	"encoding/json"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/search"
)

const (
	// What search fetches before its first results, and all that it fetches.
	maxSearchGzip, roomySearchGzip, roomySearchAllGzip = 50 << 10, 60 << 10, 120 << 10
	// A query may take 5 ms, and a step takes well under 100 ns.
	maxSteps  = 50_000
	manyPages = 40
)

// urls are the addresses of a page's sections.
func urls(p search.Page) (urls []string) {
	for _, section := range p.Sections {
		urls = append(urls, strings.TrimSuffix(p.URL+"#"+section.Anchor, "#"))
	}
	return urls
}

// indexFile is what search fetches: "search", and after it "search-text".
func indexFile(t *testing.T, dir, name string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "assets", name+".*.json"))
	require.NoError(t, err)
	require.Len(t, found, 1, "%s is made once", name)
	return found[0]
}

func readIndex(t *testing.T, dir string) (index search.Index) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(readFile(t, indexFile(t, dir, "search"))), &index))
	var prose struct {
		ID    string
		Texts [][]string
	}
	require.NoError(t, json.Unmarshal([]byte(readFile(t, indexFile(t, dir, "search-text"))), &prose))
	require.Equal(t, index.Prose, prose.ID)
	require.Len(t, prose.Texts, len(index.Pages))
	for i, p := range index.Pages {
		require.Len(t, prose.Texts[i], len(p.Sections))
		for n := range p.Sections {
			p.Sections[n].Text = prose.Texts[i][n]
		}
	}
	return index
}

// searchGzip weighs what search fetches: script, styles and index, and then
// the prose.
func searchGzip(t *testing.T, dir string) (first, all int) {
	t.Helper()
	first = gzipSize(t, indexFile(t, dir, "search"))
	for _, pattern := range []string{"search.*.js", "search.*.css", "tools.*.js"} {
		found, err := filepath.Glob(filepath.Join(dir, "assets", pattern))
		require.NoError(t, err)
		require.Len(t, found, 1)
		first += gzipSize(t, found[0])
	}
	all = first + gzipSize(t, indexFile(t, dir, "search-text"))
	t.Logf("search: %d B gzip before its first results, %d in all", first, all)
	return first, all
}

// TestSearchIndex resolves every address in the index, and misses no page.
func TestSearchIndex(t *testing.T) {
	build(t)
	index := readIndex(t, public)
	places := map[string]bool{}
	indexed := []string{}
	for _, page := range index.Pages {
		ids := map[string]bool{}
		for _, n := range all(parse(t, builtFile(page.URL))) {
			ids[attr(n, "id")] = true
		}
		for i, url := range urls(page) {
			places[url] = true
			anchor := page.Sections[i].Anchor
			assert.Equal(t, i == 0, anchor == "", "%s: the first part, and only it, has no anchor", url)
			assert.True(t, anchor == "" || ids[anchor], "%s: no such anchor", url)
			if strings.HasPrefix(url, "/patterns/") {
				assert.NotContains(t, strings.Fields(page.Sections[i].Names), "return", "%s: keywords are no names", url)
			}
		}
		indexed = append(indexed, page.URL)
	}
	for _, row := range index.Rows {
		assert.True(t, places[row.URL], "row %q leads to %s, which is not in the index", row.Asyncio, row.URL)
		assert.True(t, places[row.Listed], "row %q stands at %s, which is not in the index", row.Asyncio, row.Listed)
	}
	assert.GreaterOrEqual(t, len(index.Rows), 50, "rows of the lookup table")
	assert.ElementsMatch(t, slices.DeleteFunc(pages(t), func(path string) bool { return path == "/404.html" }), indexed)
}

// TestSearchBudget weighs what search may need, and finds none of it in what
// comes before it opens.
func TestSearchBudget(t *testing.T) {
	build(t)
	first, _ := searchGzip(t, public)
	assert.LessOrEqual(t, first, maxSearchGzip, "what search needs for its first results")

	before, err := filepath.Glob(filepath.Join(public, "assets", "tools.*"))
	require.NoError(t, err)
	for _, asset := range assets(parse(t, builtFile("/"))) {
		before = append(before, builtFile(asset))
	}
	for _, file := range before {
		assert.NotRegexp(t, "combobox|search-input", readFile(t, file), "%s comes before search opens", file)
	}
}

// TestSearchIsQuick counts the steps of every query that could be slow, on a
// site of 40 pages: each beginning of two letters, each term of the index, and
// each with an error in it, which must be compared with all others.
func TestSearchIsQuick(t *testing.T) {
	build(t)
	index := readIndex(t, public)
	for i := 0; len(index.Pages) < manyPages; i++ {
		page := index.Pages[i]
		page.URL = fmt.Sprintf("/copy/%d%s", i, page.URL)
		page.Sections = slices.Clone(page.Sections)
		index.Pages = append(index.Pages, page)
	}
	// Words that nobody wrote make the copies as rich as pages of their own.
	for i := range index.Pages {
		for n := range index.Pages[i].Sections {
			index.Pages[i].Sections[n].Names += fmt.Sprintf(" own%dWord%d other%dWord%d", i, n, i, n)
		}
	}
	got := ask(t, index, nil)
	t.Logf("%d pages, %d terms, %d queries: at most %d steps; %.2f ms at the median, %.2f ms for 99 of 100",
		len(index.Pages), got.Terms, got.Queries, got.Steps, got.Median, got.Most)
	assert.Greater(t, got.Queries, got.Terms)
	assert.Positive(t, got.Steps)
	assert.LessOrEqual(t, got.Steps, maxSteps, "%q", got.Worst)
}

type answers struct {
	Answers []struct {
		URLs     []string
		Complete int // so many have all words
	}
	Terms, Queries, Steps int
	Worst                 string
	Median, Most          float64
}

// ask runs the engine as it is written, in Node.js. Without queries it asks
// all that could be slow.
func ask(t *testing.T, index search.Index, queries []string) (got answers) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "no node on PATH")
	}
	engine, err := filepath.Abs("assets/js/search/engine.js")
	require.NoError(t, err)
	files := index.Files()
	input, err := json.Marshal(map[string]any{
		"index": json.RawMessage(files["index.json"]), "text": json.RawMessage(files["text.json"]), "queries": queries,
	})
	require.NoError(t, err)
	command := exec.Command(node, "--input-type=module", "--eval", askEngine, filepath.ToSlash(engine))
	command.Stdin = strings.NewReader(string(input))
	out, err := command.Output()
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(out, &got))
	return got
}

const askEngine = `
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
const { createEngine } = await import(pathToFileURL(process.argv[1]));
const { index, text, queries } = JSON.parse(readFileSync(0));
const engine = createEngine(index);
engine.add(text);
const terms = engine.vocabulary.entries.map((entry) => entry.term);
const wrong = (term) => term.slice(0, 1) + term.slice(2, 3) + term.slice(1, 2) + term.slice(3);
const slow = [...new Set([...terms.map((term) => term.slice(0, 2)), ...terms, ...terms.map(wrong),
	"wait for the first of several tasks and cancel the others", "in go you wait"])];
const asked = (queries ?? slow).map((query) => {
	const start = performance.now();
	const { hits, complete, steps } = engine.search(query);
	return { query, steps, took: performance.now() - start, URLs: hits.map((hit) => hit.url), Complete: complete };
});
const took = asked.map((one) => one.took).sort((a, b) => a - b);
const worst = asked.reduce((a, b) => (a.steps > b.steps ? a : b));
console.log(JSON.stringify({
	Answers: asked, Terms: terms.length, Queries: asked.length, Steps: worst.steps, Worst: worst.query,
	Median: took[took.length >> 1], Most: took[Math.floor(took.length * 0.99)],
}));`
