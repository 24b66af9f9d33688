package main

import (
	"bytes"
	"errors"
)

// wanted is what the body of the fence should be, or nil if that is unknown or free.
func (p *pages) wanted(name string, f *fence) *block {
	a, err := parseInfo(f.info)
	if err == nil && a.kind == "" {
		if err = a.checkUnmanaged(); err == nil {
			return nil
		}
	}
	var b *block
	if err == nil {
		b, err = p.sources.resolve(&a)
	}
	if errors.Is(err, errUnchecked) {
		return nil
	}
	if err != nil {
		p.report.fault(name, f.line, "%v", err)
		return nil
	}
	p.checkUse(name, f, &a, b)
	f.source = a.source
	return b
}

// checkUse reports what is wrong with showing the block in this fence.
func (p *pages) checkUse(name string, f *fence, a *attrs, b *block) {
	switch {
	case b.unordered && !a.any:
		p.report.fault(name, f.line, `%s (%s) is unordered; add order="any"`, a.source, b.at)
	case a.any && !b.unordered:
		p.report.fault(name, f.line, `%s (%s) is ordered; remove order="any"`, a.source, b.at)
	}
	if b.width > 0 && (a.lang == "go" || a.lang == "python") {
		p.report.fault(name, f.line, "%s is %d columns wide; at most %d fit beside Python", b.wide, b.width, maxWidth)
	}
}

// drift words how a fence does not hold the block, or is empty.
func (p *pages) drift(f *fence, b *block) string {
	if f.size < need(f, b) {
		return "fence is too short for %s (%s); run make sync"
	}
	want := b.text
	if len(f.prefix) > 0 || f.eol != "\n" {
		p.body = appendBody(p.body[:0], f, b)
		want = p.body
	}
	if bytes.Equal(want, p.page[f.body:f.end]) {
		return ""
	}
	return "body differs from %s (%s); run make sync"
}

// need is how long the fence must be at least, so that nothing in the body ends it.
func need(f *fence, b *block) int {
	return max(3, b.run(f.char)+1)
}

// replace writes the fence with the block as its body. What stands around the runs of the
// opening and closing fence stays.
func (p *pages) replace(f *fence, b *block) {
	n := need(f, b)
	p.fresh = append(p.fresh, bytes.Repeat([]byte{f.char}, max(n, f.size))...)
	p.fresh = append(p.fresh, p.page[f.open+f.size:f.body]...)
	p.fresh = appendBody(p.fresh, f, b)
	p.fresh = append(p.fresh, p.page[f.end:f.close]...)
	p.fresh = append(p.fresh, bytes.Repeat([]byte{f.char}, max(n, f.closeLen))...)
}

// appendBody writes the block as the containers of the fence and the page's line endings want it.
func appendBody(out []byte, f *fence, b *block) []byte {
	blank := bytes.TrimRight(f.prefix, " \t")
	for rest := b.text; len(rest) > 0; {
		line, tail, _ := bytes.Cut(rest, []byte("\n"))
		if len(line) == 0 {
			out = append(out, blank...)
		} else {
			out = append(append(out, f.prefix...), line...)
		}
		out = append(out, f.eol...)
		rest = tail
	}
	return out
}
