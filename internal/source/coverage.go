package source

import (
	"iter"
	"maps"
	"slices"

	"github.com/awaitless/awaitless/internal/finding"
)

func (g *goDirs) uncovered(found *findings) {
	for file, dir := range g.files() {
		file.uncovered(dir, found)
	}
}

// files are all files, folder by folder.
func (g *goDirs) files() iter.Seq2[*goFile, string] {
	return func(yield func(*goFile, string) bool) {
		for _, dir := range slices.Sorted(maps.Keys(g.dirs)) {
			for _, file := range g.dirs[dir].files {
				if !yield(file, dir) {
					return
				}
			}
		}
	}
}

func (f *goFile) uncovered(dir string, found *findings) {
	for _, line := range f.stray {
		found.add(f.path, line, "//docs:snippet outside of a function; put the line above a statement")
	}
	for _, d := range f.decls {
		if d.example && !d.seen {
			found.add(f.path, d.line, `no page shows %s.%s; quote it with snippet= or output=`, dir, d.name)
		}
		lines := map[string]int{}
		for _, l := range d.labels {
			switch before := lines[l.name]; {
			case l.name == "":
				found.add(f.path, l.line, "//docs:snippet without a name; give it one")
			case before > 0:
				found.add(f.path, l.line, "//docs:snippet %s stands in %s already, at line %d; rename one", l.name, d.name, before)
			case l.stmt == (span{}):
				found.add(f.path, l.line, "no statement follows //docs:snippet %s; put the line above one", l.name)
			case !l.seen:
				found.add(f.path, l.line, `no page quotes //docs:snippet %s; quote it with snippet="%s.%s/%s"`, l.name, dir, d.name, l.name)
			}
			lines[l.name] = l.line
		}
	}
}

// broken finds files that do not parse or are not gofmt-ed. Each is told once.
func (g *goDirs) broken() (all []finding.Finding) {
	for f := range g.files() {
		if f.err != nil && !f.told {
			f.told = true
			all = append(all, *f.err)
		}
	}
	return all
}
