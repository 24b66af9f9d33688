package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/awaitless/awaitless/internal/finding"
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
	r := &report{stdout: io.Discard, stderr: io.Discard}
	s := loadSources(root, r)
	p := &pages{ctx: context.Background(), root: root, sources: s, report: r}
	if err := s.within(contentDir, r, func(dir *os.Root) error { return p.walk(dir, contentDir) }); err != nil {
		return nil, err
	}
	places := map[string]place{}
	for _, key := range names(s.blocks) {
		hit := s.blocks[key]
		if hit.err != nil {
			continue
		}
		at, err := s.place(hit.source, hit.block.at)
		if err != nil {
			return nil, err
		}
		at.Orders = orders[hit.source]
		places[hit.source] = at
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err = e.Encode(places)
	return b.Bytes(), err
}

// place adds to a source's finding.Position the command that proves it.
func (s *sources) place(source string, at finding.Position) (p place, err error) {
	p = place{File: at.Path, Line: at.Line}
	switch path.Ext(p.File) {
	case ".go":
		p.Run, err = s.goCommand(source, path.Dir(p.File))
	case ".py":
		p.Run, err = s.pythonCommand(source, p.File)
	default:
		p.Run = lessons(strings.TrimSuffix(path.Base(p.File), ".txtar"))
	}
	return p, err
}

// goCommand runs the Example or the test that the source is or stands in; other code is proved
// by all tests of its package.
func (s *sources) goCommand(source, dir string) (string, error) {
	selector, _, _ := splitLabel(source)
	d, err := s.findDecl(selector)
	if err != nil {
		return "", err
	}
	if d.example || strings.HasPrefix(d.name, "Test") && strings.HasSuffix(d.file.path, "_test.go") {
		return fmt.Sprintf("go test -race -run '^%s$' ./%s", d.name, dir), nil
	}
	return "go test -race ./" + dir, nil
}

// pythonCommand runs the scripts that run the definition, or else all that run its file.
func (s *sources) pythonCommand(source, file string) (string, error) {
	_, name, _ := strings.Cut(source, ":")
	var byName, byFile []string
	for _, script := range names(s.scripts) {
		slug := strings.TrimSuffix(path.Base(script), ".txtar")
		for _, args := range s.scripts[script].runs(file) {
			byFile = append(byFile, slug)
			if slices.Contains(args, name) {
				byName = append(byName, slug)
			}
		}
	}
	if len(byFile) == 0 {
		return "", fmt.Errorf("%s: no script runs it; add a python line to one in %s", file, scriptsDir)
	}
	if len(byName) > 0 {
		byFile = byName
	}
	return lessons(slices.Compact(byFile)...), nil
}

// runs lists the arguments of each python line that runs the file.
func (s *script) runs(file string) (all [][]string) {
	for _, line := range s.lines {
		words := strings.Fields(line)
		for len(words) > 0 && words[0] != "python" {
			words = words[1:] // conditions and !
		}
		for len(words) > 1 && strings.HasPrefix(words[1], "-") {
			words = words[1:]
		}
		if len(words) > 1 && !strings.HasPrefix(line, "#") && path.Join(examplesDir, pythonPath(words[1])) == file {
			all = append(all, words[2:])
		}
	}
	return all
}

// lessons is the command that runs scripts.
func lessons(slugs ...string) string {
	pattern := strings.Join(slugs, "|")
	if len(slugs) > 1 {
		pattern = "(" + pattern + ")"
	}
	return fmt.Sprintf("go test -run '^TestLessons$/^%s$' ./examples", pattern)
}
