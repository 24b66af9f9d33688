// Package search makes the index that the site's search reads: each page cut at its headings, with
// the names in its code, and the rows of the tables in which names are looked up. It is two files:
// the prose, which is most of it, comes after the rest, so that a reader has results before.
package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/awaitless/awaitless/internal/content"
	"github.com/awaitless/awaitless/internal/page"
)

// An Index is everything that can be found, but the prose. Addresses begin with the path of the
// site's root.
type Index struct {
	Pages []Page `json:"pages"`
	Rows  []Row  `json:"rows"`
	Prose string `json:"prose,omitempty"` // the id of the text.json that belongs to it
}

// A Page is one of the site, in the order in which it is read.
type Page struct {
	URL      string    `json:"url"`
	Title    string    `json:"title"`
	Label    string    `json:"label"` // its name in lists
	Sections []Section `json:"sections"`
}

// A Section is a heading with what follows it. The first of a page has neither anchor nor heading,
// but the description.
type Section struct {
	Anchor  string   `json:"anchor,omitempty"`
	Heading string   `json:"heading,omitempty"`
	Text    string   `json:"-"`               // the prose
	Names   string   `json:"names,omitempty"` // in its code, where the page first has them
	Also    []string `json:"also,omitempty"`  // what people say for it
}

// A Row is one of the lookup table.
type Row struct {
	Asyncio string `json:"asyncio"`
	Go      string `json:"go"`
	URL     string `json:"url"`    // where to read, or as Listed where no page says it
	Listed  string `json:"listed"` // where the row's table is
}

// New makes the index of a site whose root is base.
func New(site *content.Site, base *url.URL) Index {
	pages := site.Reading()
	for _, name := range site.Sections {
		pages = append(pages, site.Section(name))
	}
	var index Index
	for _, d := range pages {
		index.Pages = append(index.Pages, Page{
			URL:      base.Path + d.Address(),
			Title:    d.Title,
			Label:    d.LinkTitle,
			Sections: sections(d),
		})
	}
	index.Rows = rows(site, base)
	return index
}

// A prose is the text of each section of each page. Its id is in both files: after the site has
// changed, a reader may get the one from before and the other from after it.
type prose struct {
	ID    string     `json:"id"`
	Texts [][]string `json:"texts"`
}

// Files are the index as the site's script reads it: index.json, and text.json with the prose.
func (index Index) Files() map[string][]byte {
	var p prose
	for _, page := range index.Pages {
		texts := []string{}
		for _, section := range page.Sections {
			texts = append(texts, section.Text)
		}
		p.Texts = append(p.Texts, texts)
	}
	p.ID = fmt.Sprintf("%x", sha256.Sum256(encode([]any{index, p.Texts})))[:12]
	index.Prose = p.ID
	return map[string][]byte{"index.json": encode(index), "text.json": encode(p)}
}

func encode(v any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		panic(err) // strings can be written
	}
	return b.Bytes()
}

// rows are those of the tables in which names are looked up.
func rows(site *content.Site, base *url.URL) (all []Row) {
	for _, d := range site.Tables() {
		here := base.Path + d.Address()
		for _, row := range d.Page.Rows {
			all = append(all, Row{row[0].Text, row[1].Text, readAt(site, base, d, row), here})
		}
	}
	return all
}

// readAt is where a row of a page leads: to the page that its last cell links to, or nowhere else.
func readAt(site *content.Site, base *url.URL, d *content.Document, row page.Row) string {
	for _, link := range row[len(row)-1].Links {
		name, anchor := d.Resolve(link)
		if to := site.ByPath[name]; to != nil {
			return base.Path + to.Address() + anchor
		}
	}
	return base.Path + d.Address()
}
