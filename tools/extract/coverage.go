package main

import "fmt"

// reportCoverage reports what no page shows, in the order of the sources.
func (s *sources) reportCoverage(r *report) {
	for _, dir := range names(s.goDirs) {
		for _, f := range s.goDirs[dir].files {
			f.reportCoverage(r, dir)
		}
	}
	for _, name := range names(s.scripts) {
		sc := s.scripts[name]
		for _, sec := range sc.sections {
			if !sec.seen && sec.name != "go.mod" && sec.name != "go.sum" {
				r.gap(sc.path, sec.line, `no page shows section %s; quote it with file="%s:%s"`, sec.name, name, sec.name)
			}
		}
	}
}

func (f *goFile) reportCoverage(r *report, dir string) {
	for _, line := range f.stray {
		r.gap(f.path, line, "//docs:snippet outside of a function; put the line above a statement")
	}
	for _, d := range f.decls {
		if d.example && !d.seen {
			r.gap(f.path, d.line, `no page shows %s.%s; quote it with snippet= or output=`, dir, d.name)
		}
		lines := map[string]int{}
		for _, l := range d.labels {
			switch before := lines[l.name]; {
			case l.name == "":
				r.gap(f.path, l.line, "//docs:snippet without a name; give it one")
			case before > 0:
				r.gap(f.path, l.line, "//docs:snippet %s stands in %s already, at line %d; rename one", l.name, d.name, before)
			case l.stmt == (span{}):
				r.gap(f.path, l.line, "no statement follows //docs:snippet %s; put the line above one", l.name)
			case !l.seen:
				r.gap(f.path, l.line, `no page quotes //docs:snippet %s; quote it with snippet="%s.%s/%s"`, l.name, dir, d.name, l.name)
			}
			lines[l.name] = l.line
		}
	}
}

// reportBroken reports Go files that do not parse or are not gofmt-ed, and that no page named.
func (s *sources) reportBroken(r *report) {
	for _, dir := range names(s.goDirs) {
		for _, f := range s.goDirs[dir].files {
			if f.err != nil && !f.told {
				f.told = true
				r.faults++
				fmt.Fprintln(r.stderr, f.err)
			}
		}
	}
}
