// Package rewrite puts texts in the place of files. Whoever looks sees the old file or the new one,
// never a part; runs take turns; and a file that others change at the same time is left to them.
// What a run leaves when it is killed, Sweep removes.
package rewrite

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"time"

	"github.com/awaitless/awaitless/internal/finding"
)

// A Stage holds rewritten pages until all of them are known to be right. In memory it keeps only
// their names, since a site may have many pages.
type Stage struct {
	root    *os.Root
	content *os.Root // the folder of all pages
	spool   *spool   // nil while there is no page
	pending []rewritten
}

// A rewritten page and what it was when it was read.
type rewritten struct {
	page string
	size int
	was  Version
}

// A Version of a page. Whoever writes to a page in between makes another.
type Version struct {
	mode  fs.FileMode
	size  int64
	mtime time.Time
}

// VersionOf is the version that somebody has seen.
func VersionOf(info fs.FileInfo) Version {
	return Version{info.Mode(), info.Size(), info.ModTime()}
}

func (v Version) is(info fs.FileInfo) bool {
	return v.mode == info.Mode() && v.size == info.Size() && v.mtime.Equal(info.ModTime())
}

// NewStage stages pages below the folder content of root, by their paths from root.
func NewStage(root, content *os.Root) *Stage { return &Stage{root: root, content: content} }

// Add takes in the text of a page, and what the page was when it was read.
func (s *Stage) Add(page string, text []byte, was Version) (err error) {
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

// Commit puts the pages in place one by one, in the order of Add, and tells of each whether it was
// replaced. A page that changed since it was read is left alone.
func (s *Stage) Commit(tell func(page string, replaced bool)) error {
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
		tell(p.page, what == replaced)
		return nil
	})
}

// each goes through the pages until an error. Pages of a folder follow each other, so it opens
// each folder once.
func (s *Stage) each(enter func(dir *os.Root), do func(dir *os.Root, p rewritten) error) error {
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
func (s *Stage) replace(x *exchange, dir *os.Root, base string, text []byte, was Version) (outcome, error) {
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

// Close gives up what is staged.
func (s *Stage) Close() {
	if s.spool != nil {
		s.spool.close()
	}
}
