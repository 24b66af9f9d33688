package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/page"
	"github.com/awaitless/awaitless/internal/source"
)

// indexName is the file beside the programs that says where each block comes from.
const indexName = "sources.json"

// A place is what the index says of a source.
type place struct {
	File string `json:"file"`
	Line int    `json:"line"`
	Run  string `json:"run"` // the command that proves it
	// What is proved of the orders of an Example's program.
	Orders string `json:"orders,omitempty"`
}

// indexSources lists every source that a page quotes. Pages with faults are for the check to
// report; what they name wrongly is left out. orders says of each Example what is proved of its
// orders.
func indexSources(rootDir string, orders map[string]string) ([]byte, error) {
	root, err := os.OpenRoot(rootDir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	sources, _ := source.Load(root)
	places := map[string]place{}
	for _, a := range quoted(root) {
		b, err := sources.Resolve(a.Kind, a.Lang, a.Source)
		if err != nil {
			continue
		}
		at, err := placeOf(sources, a.Source, b.At)
		if err != nil {
			return nil, err
		}
		at.Orders = orders[a.Source]
		places[a.Source] = at
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err = e.Encode(places)
	return b.Bytes(), err
}

// quoted lists what pages quote of the sources, in order.
func quoted(root *os.Root) (all []page.Attrs) {
	_ = eachPage(root, func(_ string, text []byte) error {
		for _, a := range page.Sources(text) {
			if a.Kind != "timeline" {
				all = append(all, a)
			}
		}
		return nil
	})
	slices.SortFunc(all, func(a, b page.Attrs) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Lang, b.Lang), cmp.Compare(a.Source, b.Source))
	})
	return all
}

// placeOf adds to the position of a source the command that proves it.
func placeOf(sources *source.Set, selector string, at finding.Position) (p place, err error) {
	p = place{File: at.Path, Line: at.Line}
	switch path.Ext(p.File) {
	case ".go":
		p.Run, err = goCommand(sources, selector, path.Dir(p.File))
	case ".py":
		p.Run, err = pythonCommand(sources, selector, p.File)
	default:
		p.Run = lessons(strings.TrimSuffix(path.Base(p.File), ".txtar"))
	}
	return p, err
}

// goCommand runs the Example or the test that the source is or stands in; other code is proved
// by all tests of its package.
func goCommand(sources *source.Set, selector, dir string) (string, error) {
	test, err := sources.Test(selector)
	if err != nil || test == "" {
		return "go test -race ./" + dir, err
	}
	return fmt.Sprintf("go test -race -run '^%s$' ./%s", test, dir), nil
}

// pythonCommand runs the scripts that run the definition, or else all that run its file.
func pythonCommand(sources *source.Set, selector, file string) (string, error) {
	_, name, _ := strings.Cut(selector, ":")
	var byName, byFile []string
	for _, run := range sources.Runs(file) {
		byFile = append(byFile, run.Slug)
		if slices.Contains(run.Args, name) {
			byName = append(byName, run.Slug)
		}
	}
	if len(byFile) == 0 {
		return "", fmt.Errorf("%s: no script runs it; add a python line to one in %s", file, source.ScriptsDir)
	}
	if len(byName) > 0 {
		byFile = byName
	}
	return lessons(slices.Compact(byFile)...), nil
}

// lessons is the command that runs scripts.
func lessons(slugs ...string) string {
	pattern := strings.Join(slugs, "|")
	if len(slugs) > 1 {
		pattern = "(" + pattern + ")"
	}
	return fmt.Sprintf("go test -run '^TestLessons$/^%s$' ./examples", pattern)
}
