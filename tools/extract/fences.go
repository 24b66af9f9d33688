package main

import (
	"bytes"
	"errors"

	"github.com/awaitless/awaitless/internal/page"
	"github.com/awaitless/awaitless/internal/source"
)

// errUnchecked is why a fence is left as it is.
var errUnchecked = errors.New("not checked")

// wanted is what the body of the fence should be, and its source, or nil if that is unknown or free.
func (p *pages) wanted(name string, f *page.Fence) (*source.Block, string) {
	a, err := page.ParseInfo(f.Info)
	if err == nil && a.Kind == "" {
		if err = a.CheckUnmanaged(); err == nil {
			return nil, ""
		}
	}
	var b *source.Block
	if err == nil {
		b, err = p.resolve(&a)
	}
	if errors.Is(err, errUnchecked) {
		return nil, ""
	}
	if err != nil {
		p.report.fault(name, f.Line, "%v", err)
		return nil, ""
	}
	p.checkUse(name, f, &a, b)
	return b, a.Source
}

func (p *pages) resolve(a *page.Attrs) (*source.Block, error) {
	if a.Kind == "timeline" {
		return p.timeline(a)
	}
	return p.sources.Resolve(a.Kind, a.Lang, a.Source)
}

// checkUse reports what is wrong with showing the block in this fence.
func (p *pages) checkUse(name string, f *page.Fence, a *page.Attrs, b *source.Block) {
	switch {
	case b.Unordered && !a.Any:
		p.report.fault(name, f.Line, `%s (%s) is unordered; add order="any"`, a.Source, b.At)
	case a.Any && !b.Unordered:
		p.report.fault(name, f.Line, `%s (%s) is ordered; remove order="any"`, a.Source, b.At)
	}
	if b.Wide != nil && (a.Lang == "go" || a.Lang == "python") {
		p.report.fault(name, f.Line, "%s %s", b.Wide.At, b.Wide.Msg)
	}
}

// drift words how a fence does not hold the block, or is empty.
func (p *pages) drift(f *page.Fence, b *source.Block) string {
	if f.Size < need(f, b) {
		return "fence is too short for %s (%s); run make sync"
	}
	want := b.Text
	if len(f.Prefix) > 0 || f.EOL != "\n" {
		p.body = appendBody(p.body[:0], f, b)
		want = p.body
	}
	if bytes.Equal(want, p.page[f.Body:f.End]) {
		return ""
	}
	return "body differs from %s (%s); run make sync"
}

// need is how long the fence must be at least, so that nothing in the body ends it.
func need(f *page.Fence, b *source.Block) int {
	return max(3, b.LongestRun(f.Char)+1)
}

// replace writes the fence with the block as its body. What stands around the runs of the
// opening and closing fence stays.
func (p *pages) replace(f *page.Fence, b *source.Block) {
	n := need(f, b)
	p.fresh = append(p.fresh, bytes.Repeat([]byte{f.Char}, max(n, f.Size))...)
	p.fresh = append(p.fresh, p.page[f.Open+f.Size:f.Body]...)
	p.fresh = appendBody(p.fresh, f, b)
	p.fresh = append(p.fresh, p.page[f.End:f.Close]...)
	p.fresh = append(p.fresh, bytes.Repeat([]byte{f.Char}, max(n, f.CloseLen))...)
}

// appendBody writes the block as the containers of the fence and the page's line endings want it.
func appendBody(out []byte, f *page.Fence, b *source.Block) []byte {
	blank := bytes.TrimRight(f.Prefix, " \t")
	for rest := b.Text; len(rest) > 0; {
		line, tail, _ := bytes.Cut(rest, []byte("\n"))
		if len(line) == 0 {
			out = append(out, blank...)
		} else {
			out = append(append(out, f.Prefix...), line...)
		}
		out = append(out, f.EOL...)
		rest = tail
	}
	return out
}
