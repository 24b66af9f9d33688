package examples

import (
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCurriculum checks testdata/curriculum.csv, the map of everything
// that the pages promise to answer: each snippet and point, the place
// on a page that answers it, and the proof of that answer. A proof is
// an Example, a test, a script, or a link to a primary source on the
// page.
func TestCurriculum(t *testing.T) {
	rows := curriculum(t)
	count := map[string]int{}
	for _, row := range rows {
		kind, _, _ := strings.Cut(row.item, " ")
		count[kind]++
		name := strings.ReplaceAll(row.item, "/", "-")
		t.Run(name, func(t *testing.T) {
			for _, complaint := range row.missing(t) {
				t.Errorf("testdata/curriculum.csv:%d: %s",
					row.line, complaint)
			}
		})
	}
	for _, complaint := range unpromised(proving(t), rows) {
		t.Error(complaint)
	}
	// Chapters add rows; what was promised first stays.
	for kind, least := range map[string]int{
		"snippet": 20, "when": 10, "practice": 12,
		"pitfall": 10, "resource": 5,
	} {
		assert.GreaterOrEqual(t, count[kind], least,
			"testdata/curriculum.csv: rows that begin with %q", kind)
	}
}

// proving are the pages that have to stand in the curriculum: each
// chapter, and each pitfall.
func proving(t *testing.T) (pages []string) {
	for _, pattern := range []string{
		"content/patterns/*.md", "content/guides/pitfalls/*.md",
	} {
		each(t, pattern, func(path, slug string) {
			if slug != "_index" {
				page := strings.TrimPrefix(path, root+"/content/")
				pages = append(pages, page)
			}
		})
	}
	return pages
}

// unpromised complains of the pages that no row leads to.
func unpromised(pages []string, rows []answer) (complaints []string) {
	for _, page := range pages {
		leads := func(row answer) bool {
			place, _, _ := strings.Cut(row.place, "#")
			return place == page
		}
		if slices.ContainsFunc(rows, leads) {
			continue
		}
		kind, proof := "snippet 21 wait for an event", "x.ExampleX"
		if strings.Contains(page, "/pitfalls/") {
			kind, proof = "pitfall 11", "pitfalls_x.txtar"
		}
		complaints = append(complaints, fmt.Sprintf(
			"testdata/curriculum.csv: no row leads to %s; "+
				"add one such as %s,%s,%s", page, kind, page, proof))
	}
	return complaints
}

// TestCurriculumCanFail shows what the check above finds.
func TestCurriculumCanFail(t *testing.T) {
	page := "patterns/basics.md"
	assert.NotEmpty(t, missingAnchor(t, "patterns/nowhere.md#x"))
	assert.NotEmpty(t, missingAnchor(t, page+"#no-such-heading"))
	assert.NotEmpty(t, missingProof(t, page, "basics.ExampleNone"))
	assert.NotEmpty(t, missingProof(t, page, "basics.TestNone"))
	assert.NotEmpty(t, missingProof(t, page, "none.txtar"))
	assert.NotEmpty(t, missingProof(t, page, "https://example.com/no"))
	const real = "basics.ExampleFetch"
	assert.Empty(t, answer{0, "", page, real}.missing(t))
	for _, bad := range []answer{
		{0, "", page + "#no-such-heading", real},
		{0, "", page, real + " none.txtar"},
		{0, "", page, ""},
	} {
		assert.Len(t, bad.missing(t), 1, "%s: %s", bad.place, bad.proof)
	}
	rows := []answer{{2, "", page + "#one-call", real}}
	assert.Equal(t, []string{
		"testdata/curriculum.csv: no row leads to patterns/x.md; add " +
			"one such as snippet 21 wait for an event," +
			"patterns/x.md,x.ExampleX",
	}, unpromised([]string{page, "patterns/x.md"}, rows))
}

type answer struct {
	line               int
	item, place, proof string
}

func (a answer) missing(t *testing.T) (complaints []string) {
	all := []string{missingAnchor(t, a.place)}
	for proof := range strings.FieldsSeq(a.proof) {
		all = append(all, missingProof(t, a.place, proof))
	}
	if len(all) == 1 {
		all = append(all, "no proof; name an Example, a test, a "+
			"script, or a link of the page")
	}
	return slices.DeleteFunc(all, func(complaint string) bool {
		return complaint == ""
	})
}

func curriculum(t *testing.T) (rows []answer) {
	t.Helper()
	path := filepath.Join(root, "testdata", "curriculum.csv")
	file, err := os.Open(path)
	require.NoError(t, err)
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = 3
	for {
		r, err := reader.Read()
		if err == io.EOF {
			break
		}
		require.NoError(t, err, path)
		line, _ := reader.FieldPos(0)
		rows = append(rows, answer{line, r[0], r[1], r[2]})
	}
	return rows[1:]
}

// missingAnchor says whether a place on a page, path#heading, is
// missing. The site's own test checks the same of every link, in the
// built HTML.
func missingAnchor(t *testing.T, place string) string {
	page, anchor, _ := strings.Cut(place, "#")
	path := filepath.Join(root, "content", page)
	if _, err := os.Stat(path); err != nil {
		return "no page content/" + page
	}
	if anchor == "" {
		return ""
	}
	for _, heading := range parsePage(t, path).Headings {
		if heading.Anchor == anchor {
			return ""
		}
	}
	return "no heading for #" + anchor + " in content/" + page
}

// missingProof says whether a proof is missing.
func missingProof(t *testing.T, place, proof string) string {
	switch {
	case strings.HasPrefix(proof, "https://"):
		page, _, _ := strings.Cut(place, "#")
		text := read(t, filepath.Join(root, "content", page))
		if !strings.Contains(text, "("+proof+")") {
			return "no link to " + proof + " in content/" + page
		}
		return ""
	case strings.HasSuffix(proof, ".txtar"):
		return unknownPath("testdata/scripts/" + proof)
	}
	pkg, name, _ := strings.Cut(proof, ".")
	start, found := "\nfunc "+name+"(", false
	each(t, "examples/"+pkg+"/*_test.go", func(path, _ string) {
		found = found || strings.Contains(read(t, path), start)
	})
	if !found {
		return "no " + name + " in examples/" + pkg
	}
	return ""
}
