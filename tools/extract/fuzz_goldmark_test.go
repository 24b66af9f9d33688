package main

import (
	"bytes"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/awaitless/awaitless/internal/page"
	"github.com/awaitless/awaitless/internal/source"
)

// A seen fence is what a reader of Markdown sees: its info string and its body.
type seen struct{ info, body string }

// goldmarkFences are the fences that the site's own parser finds.
func goldmarkFences(src []byte) (all []seen) {
	doc := goldmark.DefaultParser().Parse(text.NewReader(src))
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if f, ok := n.(*ast.FencedCodeBlock); ok && entering {
			s := seen{}
			if f.Info != nil {
				s.info = string(bytes.TrimSpace(f.Info.Segment.Value(src)))
			}
			for i := range f.Lines().Len() {
				line := f.Lines().At(i)
				s.body += string(line.Value(src))
			}
			all = append(all, s)
		}
		return ast.WalkContinue, nil
	})
	return all
}

// compareWithGoldmark wants goldmark to read the block in the body of each managed fence of a page
// that is as it should be. It compares only where both find the same fences, by their info
// strings, and leaves out what is known to differ:
//   - HTML other than comments and front matter, which are not goldmark's or not ours to know;
//   - a CR alone and NUL, which are bytes of a line to one and more to the other;
//   - tabs outside of bodies and nested containers: in some, goldmark loses count of the columns, and in all those
//     that were looked at commonmark.js sides with us.
func compareWithGoldmark(t *testing.T, p *pages, src []byte) {
	t.Helper()
	for _, part := range outside(p, src) {
		if bytes.ContainsAny(part, "<\t\x00") {
			return
		}
	}
	if page.Suspicious(src) || bytes.HasPrefix(src, []byte("\ufeff")) || bytes.HasPrefix(src, []byte("---")) ||
		bytes.HasPrefix(src, []byte("+++")) {
		return
	}
	type ours struct {
		info string
		want *source.Block
	}
	var mine []ours
	var s page.Scanner
	if s.Reset(src) != nil {
		return
	}
	for {
		f, fault := s.Next()
		if fault != nil || s.Depth() > 1 {
			return
		}
		if f == nil {
			break
		}
		b, _ := p.wanted("page.md", f)
		if p.page = src; b != nil && p.drift(f, b) != "" { // a doubtful body, which was left alone
			b = nil
		}
		mine = append(mine, ours{string(f.Info), b})
	}
	theirs := goldmarkFences(src)
	if len(mine) != len(theirs) {
		return
	}
	for i := range mine {
		if mine[i].info != theirs[i].info {
			return
		}
	}
	for i, m := range mine {
		if m.want == nil {
			continue
		}
		if body := string(bytes.ReplaceAll([]byte(theirs[i].body), []byte("\r\n"), []byte("\n"))); body != string(m.want.Text) {
			t.Fatalf("fence %d has the body %q for goldmark; want %q:\n%q", i+1, body, m.want.Text, src)
		}
	}
}
