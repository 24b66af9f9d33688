package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

const contentDir = "content"

// pages walks the pages one by one. Its buffers are used for each page anew.
type pages struct {
	ctx     context.Context
	root    *os.Root
	sources *sources
	report  *report
	stage   *stage // nil in a check
	scanner pageScanner
	page    []byte // as it is
	fresh   []byte // as it should be, up to the fence at hand
	body    []byte // of a fence
}

// syncPages checks all pages, or writes those that differ.
func syncPages(rootDir string, write bool, stdout, stderr io.Writer) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop() // temporary files must not outlive an interrupt
	root, err := os.OpenRoot(rootDir)
	if err != nil {
		return err
	}
	defer root.Close()
	out := bufio.NewWriter(stdout)
	defer out.Flush()
	r := &report{stdout: out, stderr: stderr, quiet: write}
	src, err := loadSources(root, r)
	if err != nil {
		return err
	}
	if err := src.recordTimelines(ctx, rootDir, stderr); err != nil {
		return err
	}
	p := &pages{ctx: ctx, root: root, sources: src, report: r}
	if write {
		p.stage = newStage(root)
		defer p.stage.discard()
	}
	if err := src.within(contentDir, func(dir *os.Root) error { return p.walk(dir, contentDir) }); err != nil {
		return err
	}
	return p.finish()
}

// finish reports what only the whole run can tell, and puts written pages in place.
func (p *pages) finish() error {
	r := p.report
	p.sources.reportBroken(r)
	if r.faults == 0 && p.stage != nil {
		if err := p.stage.commit(func(page string) { fmt.Fprintf(r.stdout, "wrote %s\n", page) }); err != nil {
			return err
		}
		r.drifts = 0
	}
	p.sources.reportCoverage(r)
	if r.faults > 0 && r.drifts > 0 && p.stage != nil {
		return fmt.Errorf("no page was written; mend the errors first")
	}
	if r.faults+r.drifts+r.gaps > 0 {
		return errFindings
	}
	return nil
}

// walk goes through a folder of pages in order.
func (p *pages) walk(dir *os.Root, rel string) error {
	entries, err := readDir(dir)
	if err != nil {
		return fmt.Errorf("%s: %s", rel, reason(err))
	}
	for _, e := range entries {
		if err := p.ctx.Err(); err != nil {
			return fmt.Errorf("interrupted; no page was written")
		}
		name := path.Join(rel, e.Name())
		switch {
		case e.Type()&fs.ModeSymlink != 0:
			p.report.fault(name, 0, "is a symbolic link; a page must be a file")
		case e.IsDir():
			sub, err := dir.OpenRoot(e.Name())
			if err != nil {
				return fmt.Errorf("%s: %s", name, reason(err))
			}
			err = p.walk(sub, name)
			sub.Close()
			if err != nil {
				return err
			}
		case strings.HasSuffix(e.Name(), ".md"):
			if err := p.do(dir, e.Name(), name); err != nil {
				return err
			}
		}
	}
	return nil
}

// do checks one page, and stages it if it is to be written.
func (p *pages) do(dir *os.Root, base, name string) error {
	mode, err := p.read(dir, base)
	if err != nil {
		p.report.fault(name, 0, "%s", reason(err))
		return nil
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
	return p.stage.add(dir, name, p.fresh, mode)
}

// read fills the page buffer.
func (p *pages) read(dir *os.Root, base string) (fs.FileMode, error) {
	f, err := dir.Open(base)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	buf := bytes.NewBuffer(p.page[:0])
	buf.Grow(int(info.Size()) + bytes.MinRead)
	_, err = buf.ReadFrom(f)
	p.page = buf.Bytes()
	return info.Mode().Perm(), err
}

// sync makes the fresh page, and reports whether it differs.
func (p *pages) sync(name string) bool {
	s := &p.scanner
	done, differs := 0, false
	outside, merging := 0, mayConflict(p.page)
	p.fresh = p.fresh[:0]
	fault := s.reset(p.page)
	for fault == nil {
		var f *fence
		if f, fault = s.nextFence(); f == nil {
			break
		}
		if merging {
			p.conflicts(name, outside, f.open)
			outside = f.close
		}
		b := p.wanted(name, f)
		if b == nil {
			p.swallows(name, f)
			continue
		}
		if drift := p.drift(f, b); drift == "" || p.doubtful(name, f, b) {
			continue
		} else {
			p.report.drift(name, f.line, drift, f.source, b.at)
		}
		differs = true
		p.fresh = append(p.fresh, p.page[done:f.open]...)
		p.replace(f, b)
		done = f.close + f.closeLen
	}
	if merging {
		p.conflicts(name, outside, len(p.page))
	}
	if fault != nil {
		p.report.fault(name, fault.line, "%s", fault.msg)
	}
	if differs {
		p.fresh = append(p.fresh, p.page[done:]...)
	}
	return differs
}
