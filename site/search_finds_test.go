package site

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/content"
	"github.com/awaitless/awaitless/internal/page"
)

// What readers type, where the answer is, and among how many results. A place
// covers what is below its heading; page.md# is only the beginning of a page.
// The kinds are
//
//	order     titles before rows of the lookup, these before headings, names in code and text
//	form      dots, hyphens, parts of names, signs of Go, and words of other libraries
//	message   whole messages, as they are pasted
//	question  the first words for a question that people asked
//	trade     words that people use, and the pages do not
const searches = "../testdata/search.csv"

// maxNameRank is where a name that the lookup has must lead, at the latest.
const maxNameRank = 2

// A wish is a query and its answers.
type wish struct {
	at, query string
	places    []string // addresses; none when nothing must be found
	rank      int
}

// TestSearchFinds asks all of search.csv, and each name of the lookup.
func TestSearchFinds(t *testing.T) {
	build(t)
	pages := readContent(t)
	wishes := append(wishesOf(t, pages), names(pages)...)
	queries := []string{}
	for _, w := range wishes {
		queries = append(queries, w.query)
	}
	for i, got := range ask(t, readIndex(t, public), queries).Answers {
		w := wishes[i]
		assert.LessOrEqual(t, len(got.URLs), 8, w.query)
		if len(w.places) == 0 {
			assert.Empty(t, got.URLs, "%s: %q", w.at, w.query)
			continue
		}
		rank := 1 + slices.IndexFunc(got.URLs, func(url string) bool { return slices.Contains(w.places, url) })
		if rank == 0 || rank > w.rank {
			t.Errorf("%s: %q finds %s at %d of\n\t%s\nwhich must be at most %d: add to the page's line also what people say,\n"+
				"or mend the place if another page answers better", w.at, w.query, w.places[0], rank, strings.Join(got.URLs, "\n\t"), w.rank)
		}
	}
}

// TestSearchSays asks whether all words were found, which search tells.
func TestSearchSays(t *testing.T) {
	build(t)
	whole := map[string]bool{
		"wait_for": true, "gahter": true, "context.WithTimeout": true, "stop a goroutine": true,
		"gather xyzzyq": false, "RWMutex": false, "loop.create_task": false, "SetPanicOnFault": false, "xyzzyq": false,
	}
	queries := []string{}
	for query := range whole {
		queries = append(queries, query)
	}
	for i, got := range ask(t, readIndex(t, public), queries).Answers {
		assert.Equal(t, whole[queries[i]], got.Complete > 0, "%q finds %q", queries[i], got.URLs)
	}
}

func readContent(t *testing.T) *content.Site {
	t.Helper()
	pages, err := content.Load(os.DirFS("../content"), []string{"patterns", "guides", "lookup"})
	require.NoError(t, err)
	return pages
}

func wishesOf(t *testing.T, pages *content.Site) (all []wish) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(readFile(t, searches))).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"query", "place", "rank", "kind"}, rows[0])
	for i, row := range rows[1:] {
		at := filepath.Base(searches) + ":" + strconv.Itoa(i+2)
		rank, err := strconv.Atoi(row[2])
		require.NoError(t, err, at)
		w := wish{at: at, query: row[0], rank: rank}
		if row[1] != "" {
			w.places = coveredBy(pages, row[1])
			require.NotEmpty(t, w.places, "%s: no place %s; valid is a page below content/, and one of its headings", at, row[1])
		}
		all = append(all, w)
	}
	return all
}

// coveredBy are the addresses of a place and of all that is below it.
func coveredBy(pages *content.Site, place string) (urls []string) {
	path, anchor, has := strings.Cut(place, "#")
	d := pages.ByPath[path]
	if d == nil {
		return nil
	}
	url := "/" + d.Address()
	if anchor == "" {
		urls = append(urls, url)
	}
	level := 0
	for _, h := range d.Headings {
		switch {
		case !has, level > 0 && h.Level > level:
			urls = append(urls, url+"#"+h.Anchor)
		case h.Anchor == anchor:
			urls, level = append(urls, url+"#"+anchor), h.Level
		default:
			level = 0
		}
	}
	return urls
}

// names are those in the rows of the lookup. Each leads to a row that has it,
// perhaps as a part of a longer one, or to the beginning of the page there.
func names(pages *content.Site) (all []wish) {
	places := map[string][]string{}
	for _, d := range pages.Tables() {
		for _, row := range d.Page.Rows {
			for _, code := range slices.Concat(row[0].Code, row[1].Code) {
				if places[code.Text] == nil {
					all = append(all, wish{at: d.Path, query: code.Text, rank: maxNameRank})
				}
				places[code.Text] = append(places[code.Text], leadsTo(pages, d, row)...)
			}
		}
	}
	for i, w := range all {
		for name, at := range places {
			if name == w.query || slices.Contains(strings.FieldsFunc(name, isNoLetter), strings.TrimSuffix(w.query, "*")) {
				all[i].places = append(all[i].places, at...)
			}
		}
	}
	return all
}

func isNoLetter(r rune) bool { return r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// leadsTo is the place of a row and the beginning of the page, or its table.
func leadsTo(pages *content.Site, d *content.Document, row page.Row) []string {
	for _, link := range row[len(row)-1].Links {
		name, anchor := d.Resolve(link)
		return append(coveredBy(pages, name+anchor), "/"+pages.ByPath[name].Address())
	}
	return []string{"/" + d.Address()}
}
