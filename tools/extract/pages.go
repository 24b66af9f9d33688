package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/awaitless/awaitless/internal/finding"
	"github.com/awaitless/awaitless/internal/page"
	"github.com/awaitless/awaitless/internal/recorded"
	"github.com/awaitless/awaitless/internal/rewrite"
	"github.com/awaitless/awaitless/internal/source"
)

const contentDir = "content"

// pages walks the pages one by one. Its buffers are used for each page anew.
type pages struct {
	root      *os.Root
	sources   *source.Set
	timelines map[string]recorded.Recording // nil until a page names one
	report    *report
	stage     *rewrite.Stage // nil in a check
	locked    bool           // no other run is writing pages
	scanner   page.Scanner
	page      []byte // as it is
	fresh     []byte // as it should be, up to the fence at hand
	body      []byte // of a fence
}

// syncPages checks all pages, or writes those that differ.
func syncPages(rootDir string, write bool, stdout, stderr io.Writer) error {
	ctx, stop := untilSignal() // temporary files must not outlive one
	defer stop()
	root, err := os.OpenRoot(rootDir)
	if err != nil {
		return err
	}
	defer root.Close()
	out := bufio.NewWriter(stdout)
	defer out.Flush()
	r := &report{stdout: out, stderr: stderr, quiet: write}
	src, broken := source.Load(root)
	r.broken(broken)
	p := &pages{root: root, sources: src, report: r}
	if err := p.content(ctx, write); err != nil {
		return err
	}
	return p.finish()
}

// content checks the pages of the folder, if there is one, or writes those that differ.
func (p *pages) content(ctx context.Context, write bool) error {
	if _, err := p.root.Lstat(contentDir); os.IsNotExist(err) {
		return nil
	}
	dir, err := p.root.OpenRoot(contentDir)
	if err != nil {
		p.report.fault(contentDir, 0, "%s", finding.Reason(err))
		return nil
	}
	defer dir.Close()
	if write {
		var release func()
		release, p.locked = rewrite.Lock(ctx, dir)
		defer release()
		p.stage = rewrite.NewStage(p.root, dir)
		defer p.stage.Close()
	}
	if err := p.walk(ctx, dir, contentDir); err != nil {
		return err
	}
	return p.write(ctx)
}

// write puts the fresh pages in place, if nothing is wrong.
func (p *pages) write(ctx context.Context) error {
	r := p.report
	r.broken(p.sources.Broken())
	if r.faults > 0 || p.stage == nil {
		return nil
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	r.drifts = 0
	return p.stage.Commit(func(page string, replaced bool) {
		if replaced {
			fmt.Fprintf(r.stdout, "wrote %s\n", page)
		} else {
			r.fault(page, 0, "somebody wrote to it at the same time, so it was left alone; run extract -w again")
		}
	})
}

var errInterrupted = errors.New("interrupted; no page was written")

// finish reports what only the whole run can tell.
func (p *pages) finish() error {
	r := p.report
	r.broken(p.sources.Broken()) // where there is no page
	r.uncovered(p.sources.Uncovered())
	if r.faults > 0 && r.drifts > 0 && r.quiet {
		return errors.New("no page was written; mend the errors first")
	}
	if r.faults+r.drifts+r.gaps > 0 {
		return errFindings
	}
	return nil
}

// walk goes through a folder of pages in order.
func (p *pages) walk(ctx context.Context, dir *os.Root, rel string) error {
	entries, err := fs.ReadDir(dir.FS(), ".")
	if err != nil {
		p.report.fault(rel, 0, "%s", finding.Reason(err))
	}
	for _, e := range entries {
		if ctx.Err() != nil {
			return errInterrupted
		}
		name := path.Join(rel, e.Name())
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			p.report.fault(name, 0, "is a symbolic link; a page must be a file")
		case e.IsDir():
			sub, err := dir.OpenRoot(e.Name())
			if err != nil {
				p.report.fault(name, 0, "%s", finding.Reason(err))
				continue
			}
			err = p.walk(ctx, sub, name)
			sub.Close()
			if err != nil {
				return err
			}
		case strings.HasSuffix(e.Name(), ".md") && !e.Type().IsRegular():
			p.report.fault(name, 0, "is no file; a page must be one") // to open a pipe might take for ever
		case strings.HasSuffix(e.Name(), ".md"):
			if err := p.do(ctx, dir, e.Name(), name); err != nil {
				return err
			}
		case p.stage != nil:
			_ = rewrite.Sweep(dir, e.Name(), e, p.locked) // the next run will try again
		}
	}
	return nil
}

// do checks one page, and stages it if it is to be written.
func (p *pages) do(ctx context.Context, dir *os.Root, base, name string) error {
	was, err := p.read(dir, base)
	if err != nil {
		p.report.fault(name, 0, "%s", finding.Reason(err))
		return nil
	}
	if err := p.record(ctx); err != nil {
		return err
	}
	if !p.sync(name) {
		return nil
	}
	if p.stage == nil {
		text := diff.Diff(name, p.page, name, p.fresh)
		_, text, _ = bytes.Cut(text, []byte("\n")) // its first line is a command line
		_, err := p.report.stdout.Write(text)
		return err
	}
	if p.report.faults > 0 {
		return nil
	}
	return p.stage.Add(name, p.fresh, was)
}

// read fills the page buffer.
func (p *pages) read(dir *os.Root, base string) (rewrite.Version, error) {
	f, err := dir.Open(base)
	if err != nil {
		return rewrite.Version{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return rewrite.Version{}, err
	}
	buf := bytes.NewBuffer(p.page[:0])
	buf.Grow(int(info.Size()) + bytes.MinRead)
	_, err = buf.ReadFrom(f)
	p.page = buf.Bytes()
	return rewrite.VersionOf(info), err
}

// sync makes the fresh page, and reports whether it differs.
func (p *pages) sync(name string) bool {
	s := &p.scanner
	done, differs := 0, false
	outside, odd := 0, page.Suspicious(p.page)
	p.fresh = p.fresh[:0]
	fault := s.Reset(p.page)
	for fault == nil {
		var f *page.Fence
		if f, fault = s.Next(); f == nil {
			break
		}
		if odd {
			p.between(name, outside, f.Open)
			outside = f.Close
		}
		b, selector := p.wanted(name, f)
		if b == nil {
			p.doubt(name, f, f.Swallowed(p.page))
			continue
		}
		drift := p.drift(f, b)
		if drift == "" || p.doubt(name, f, f.Doubt(p.page, b.Text)) {
			continue
		}
		p.report.drift(name, f.Line, drift, selector, b.At)
		differs = true
		p.fresh = append(p.fresh, p.page[done:f.Open]...)
		p.replace(f, b)
		done = f.Close + f.CloseLen
	}
	if odd {
		p.between(name, outside, len(p.page))
	}
	if fault != nil {
		p.report.fault(name, fault.At.Line, "%s", fault.Msg)
	}
	if differs {
		p.fresh = append(p.fresh, p.page[done:]...)
	}
	return differs
}

// doubt reports why a fence is left as it is, if there is a reason.
func (p *pages) doubt(name string, f *page.Fence, why string) bool {
	if why != "" {
		p.report.fault(name, f.Line, "%s", why)
	}
	return why != ""
}

// between reports what must not stand between two fences.
func (p *pages) between(name string, from, to int) {
	if f := page.Outside(p.page, from, to); f != nil {
		p.report.fault(name, f.At.Line, "%s", f.Msg)
	}
}
