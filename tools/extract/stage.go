package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"time"

	"github.com/awaitless/awaitless/internal/finding"
)

// A stage holds rewritten pages until all of them are known to be right. In memory it keeps only
// their names, since a site may have many pages.
type stage struct {
	root    *os.Root
	content *os.Root // the folder of all pages
	spool   *spool   // nil while there is no page
	pending []rewritten
}

// A rewritten page and what it was when it was read.
type rewritten struct {
	page string
	size int
	was  version
}

// A version of a page. Whoever writes to a page in between makes another.
type version struct {
	mode  fs.FileMode
	size  int64
	mtime time.Time
}

func versionOf(info fs.FileInfo) version {
	return version{info.Mode(), info.Size(), info.ModTime()}
}

func (v version) is(info fs.FileInfo) bool {
	return v.mode == info.Mode() && v.size == info.Size() && v.mtime.Equal(info.ModTime())
}

// add takes in the text of a page.
func (s *stage) add(page string, text []byte, was version) (err error) {
	if s.spool == nil {
		if s.spool, err = newSpool(s.content); err != nil {
			return fmt.Errorf("%s: cannot be written: %s", page, finding.Reason(err))
		}
	}
	if err := s.spool.put(text); err != nil {
		return fmt.Errorf("%s: cannot be written: %s", page, finding.Reason(err))
	}
	s.pending = append(s.pending, rewritten{page, len(text), was})
	return nil
}

// commit puts the pages in place one by one, and tells what became of each: replaced or changed.
func (s *stage) commit(tell func(page string, what outcome)) error {
	if s.spool == nil {
		return nil
	}
	if err := s.spool.full(); err != nil {
		return fmt.Errorf("%s: cannot be written: %s", s.pending[0].page, finding.Reason(err))
	}
	x := newExchange(s.content)
	defer x.close()
	var text []byte
	return s.each(x.enter, func(dir *os.Root, p rewritten) (err error) {
		if text, err = s.spool.take(text, p.size); err != nil {
			return err
		}
		what, err := s.replace(x, dir, path.Base(p.page), text, p.was)
		if err != nil {
			return fmt.Errorf("%s: cannot be replaced: %s", p.page, finding.Reason(err))
		}
		tell(p.page, what)
		return nil
	})
}

// each goes through the pages until an error. Pages of a folder follow each other, so it opens
// each folder once.
func (s *stage) each(enter func(dir *os.Root), do func(dir *os.Root, p rewritten) error) error {
	var dir *os.Root
	defer func() {
		if dir != nil {
			dir.Close()
		}
	}()
	open := ""
	for _, p := range s.pending {
		if name := path.Dir(p.page); name != open {
			next, err := s.root.OpenRoot(name)
			if err != nil {
				return fmt.Errorf("%s: %s", name, finding.Reason(err))
			}
			if dir != nil {
				dir.Close()
			}
			dir, open = next, name
			enter(dir)
		}
		if err := do(dir, p); err != nil {
			return err
		}
	}
	return nil
}

// replace puts the text in the place of a page, unless that is another than it was.
func (s *stage) replace(x *exchange, dir *os.Root, base string, text []byte, was version) (outcome, error) {
	if what, err := x.replace(base, text, was); err != nil || what != notSupported {
		return what, err
	}
	info, err := dir.Lstat(base)
	if os.IsNotExist(err) || err == nil && !was.is(info) {
		return changed, nil
	}
	if err == nil {
		err = replaceFile(dir, base, text, was.mode.Perm())
	}
	return replaced, err
}

func (s *stage) close() {
	if s.spool != nil {
		s.spool.close()
	}
}
