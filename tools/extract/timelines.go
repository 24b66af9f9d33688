package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/awaitless/awaitless/internal/page"
	"github.com/awaitless/awaitless/internal/recorded"
	"github.com/awaitless/awaitless/internal/source"
)

// record has the timelines recorded that pages name, when the first page that may name one is at
// hand: all in one go, since they can be recorded at the same time.
func (p *pages) record(ctx context.Context) (err error) {
	if p.timelines != nil || !mayHoldTimeline(p.page) {
		return nil
	}
	p.timelines, err = recorded.Timelines(ctx, p.root.Name(), p.sources, timelineNames(p.root))
	if err == nil && os.Getenv("REQUIRE_TOOLS") == "" {
		p.leaveOriginals()
	}
	return err
}

// leaveOriginals leaves the timelines as they are that need a Python which is not here, and says so.
func (p *pages) leaveOriginals() {
	var none recorded.NoPython
	left := 0
	for name, t := range p.timelines {
		if errors.As(t.Err, &none) {
			p.timelines[name] = recorded.Recording{Err: errUnchecked}
			left++
		}
	}
	if left > 0 {
		fmt.Fprintf(p.report.stderr, "not checked: timelines of asyncio originals (%d): %v\n", left, none)
	}
}

// timeline is the recorded one that a fence shows.
func (p *pages) timeline(a *page.Attrs) (*source.Block, error) {
	t, ok := p.timelines[a.Source]
	switch {
	case !ok:
		return nil, fmt.Errorf("%s was not recorded, since the page changed at the same time; run extract again", a.Source)
	case t.Err != nil:
		return nil, t.Err
	case a.Lang != "csv":
		return nil, fmt.Errorf("%s is csv; the fence must say csv", a.Source)
	}
	return source.NewBlock(t.Text, t.At), nil
}

// timelineNames lists the timelines that pages name, each once.
func timelineNames(root *os.Root) (all []string) {
	seen := map[string]bool{}
	_ = eachPage(root, func(_ string, text []byte) error {
		if !mayHoldTimeline(text) {
			return nil
		}
		for _, a := range page.Sources(text) {
			if a.Kind == "timeline" && !seen[a.Source] {
				seen[a.Source] = true
				all = append(all, a.Source)
			}
		}
		return nil
	})
	return all
}

// mayHoldTimeline is quick to say that a page names no timeline.
func mayHoldTimeline(text []byte) bool { return bytes.Contains(text, []byte(`timeline="`)) }

// eachPage calls do for the text of each page, in order, until an error of do. What cannot be read
// is for the check to report.
func eachPage(root *os.Root, do func(name string, text []byte) error) error {
	return fs.WalkDir(root.FS(), contentDir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".md") || !e.Type().IsRegular() {
			return nil
		}
		text, err := root.ReadFile(name)
		if err != nil {
			return nil
		}
		return do(name, text)
	})
}
