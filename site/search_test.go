package site

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	maxSearchGzip = 80 << 10
	// A query may take 5 ms, and a step takes well under 100 ns.
	maxSteps  = 50_000
	manyPages = 40
)

// A searchIndex is what Hugo made for the search of the site.
type searchIndex struct {
	Pages []searchPage        `json:"pages"`
	Rows  []map[string]string `json:"rows"`
}

type searchPage struct {
	URL      string              `json:"url"`
	Title    string              `json:"title"`
	Label    string              `json:"label"`
	Sections []map[string]string `json:"sections"`
}

func (p searchPage) urls() (urls []string) {
	for _, section := range p.Sections {
		urls = append(urls, strings.TrimSuffix(p.URL+"#"+section["anchor"], "#"))
	}
	return urls
}

func indexFile(t *testing.T, dir string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(dir, "assets", "search.*.json"))
	require.NoError(t, err)
	require.Len(t, found, 1, "the index is made once")
	return found[0]
}

func readIndex(t *testing.T, dir string) (index searchIndex) {
	t.Helper()
	text, err := os.ReadFile(indexFile(t, dir))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &index))
	return index
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
		for i, url := range page.urls() {
			places[url] = true
			anchor := page.Sections[i]["anchor"]
			assert.Equal(t, i == 0, anchor == "", "%s: the first part, and only it, has no anchor", url)
			assert.True(t, anchor == "" || ids[anchor], "%s: no such anchor", url)
			if strings.HasPrefix(url, "/patterns/") {
				assert.NotContains(t, strings.Fields(page.Sections[i]["names"]), "return", "%s: keywords are no names", url)
			}
		}
		indexed = append(indexed, page.URL)
	}
	for _, row := range index.Rows {
		assert.True(t, places[row["url"]], "row %q leads to %s, which is not in the index", row["asyncio"], row["url"])
		assert.True(t, places[row["listed"]], "row %q stands at %s, which is not in the index", row["asyncio"], row["listed"])
	}
	assert.GreaterOrEqual(t, len(index.Rows), 50, "rows of the lookup table")
	assert.ElementsMatch(t, slices.DeleteFunc(pages(t), func(path string) bool { return path == "/404.html" }), indexed)
}

// TestSearchBudget weighs everything that search may need, and finds none of
// it in what comes before it opens.
func TestSearchBudget(t *testing.T) {
	build(t)
	total := gzipSize(t, indexFile(t, public))
	for _, pattern := range []string{"search.*.js", "search.*.css", "tools.*.js"} {
		found, err := filepath.Glob(filepath.Join(public, "assets", pattern))
		require.NoError(t, err)
		require.Len(t, found, 1)
		total += gzipSize(t, found[0])
	}
	t.Logf("script, styles and index: %d B gzip", total)
	assert.LessOrEqual(t, total, maxSearchGzip)

	before, err := filepath.Glob(filepath.Join(public, "assets", "tools.*"))
	require.NoError(t, err)
	for _, asset := range assets(parse(t, builtFile("/"))) {
		before = append(before, builtFile(asset))
	}
	for _, file := range before {
		assert.NotRegexp(t, "combobox|search-input", readFile(t, file), "%s comes before search opens", file)
	}
}

// What a reader types, and where the first result must lead. Titles go before
// rows of the table, these before headings, these before names in code, these
// before text; what was typed before what begins so, and that before a typo.
var queries = []struct{ query, first string }{
	{"Wait for all, for the first, or for a while", "/patterns/gather/"}, // a title
	{"pitfalls", "/guides/pitfalls/"},
	{"One limit for all callers", "/patterns/locks/#one-limit-for-all-callers"}, // a heading
	{"a copied lock", "/guides/pitfalls/mixing/#a-copied-lock"},
	{"wait_for", "/patterns/timeouts/"}, // names from asyncio
	{"asyncio.wait_for", "/patterns/timeouts/"},
	{"gather", "/patterns/gather/"},
	{"create_task", "/patterns/tasks/"},
	{"create task", "/patterns/tasks/"},
	{"return_exceptions", "/patterns/gather/#all-results-and-all-failures"},
	{"call_soon_threadsafe", "/patterns/eventloop/#a-call-from-elsewhere"},
	{"errgroup", "/patterns/gather/#all-values-in-order"}, // names from Go
	{"WithTimeoutCause", "/patterns/timeouts/#what-is-different"},
	{"context.WithTimeout", "/patterns/timeouts/#a-time-limit"},
	{"semaphore.Weighted", "/patterns/locks/#one-limit-for-all-callers"},
	{"SetPanicOnFault", ""},
	{"how do I cancel a loop", "/patterns/timeouts/#cancel-a-loop-let-it-clean-up-see-it-gone"},                   // words
	{"all goroutines are asleep", "/guides/pitfalls/taskdone/#all-goroutines-are-asleep-a-done-that-never-comes"}, // a message
	{"semaphor", "/patterns/locks/"},                                                                              // a beginning
	{"sem", "/patterns/locks/"},
	{"threads", "/patterns/pools/"}, // a plural
	{"gahter", "/patterns/gather/"}, // typing errors
	{"wiat_for", "/patterns/timeouts/"},
	{"semahpore", "/patterns/locks/"},
	{"WithTimoutCuase", "/patterns/timeouts/#what-is-different"},
	{"patterns gahter", "/patterns/gather/"},
	{"gather xyzzyq", "/patterns/gather/"}, // what can be found of it
	{"xyzzyq", ""},
	{"…", ""},
}

func TestSearchFinds(t *testing.T) {
	build(t)
	asked := []string{}
	for _, q := range queries {
		asked = append(asked, q.query)
	}
	for i, got := range ask(t, readIndex(t, public), asked).Answers {
		first := ""
		if len(got.URLs) > 0 {
			first = got.URLs[0]
		}
		assert.Equal(t, queries[i].first, first, "%q finds %q; take the word out of the title, headings or code of the page that comes first,\n"+
			"or mend the row in site/search_test.go if this page answers better", queries[i].query, got.URLs)
		assert.LessOrEqual(t, len(got.URLs), 8, "%q", queries[i].query)
		assert.Equal(t, queries[i].query != "gather xyzzyq" && first != "", got.Complete, "%q: all words match", queries[i].query)
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
		index.Pages = append(index.Pages, page)
	}
	// Words that nobody wrote make the copies as rich as pages of their own.
	for i := range index.Pages {
		for n, section := range index.Pages[i].Sections {
			section["names"] += fmt.Sprintf(" own%dWord%d other%dWord%d", i, n, i, n)
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
		Complete bool
	}
	Terms, Queries, Steps int
	Worst                 string
	Median, Most          float64
}

// ask runs the engine as it is written, in Node.js. Without queries it asks
// all that could be slow.
func ask(t *testing.T, index searchIndex, queries []string) (got answers) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		missing(t, "no node on PATH")
	}
	engine, err := filepath.Abs("assets/js/search/engine.js")
	require.NoError(t, err)
	input, err := json.Marshal(map[string]any{"index": index, "queries": queries})
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
const { index, queries } = JSON.parse(readFileSync(0));
const engine = createEngine(index);
const terms = engine.vocabulary.map((entry) => entry.term);
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
