package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
)

// A stage holds rewritten pages beside the real ones until all of them are known to be right.
// It keeps only their names, since a site may have many pages.
type stage struct {
	root    *os.Root
	mark    uint64 // of this run, for the names of temporary files
	pending []string
}

func newStage(root *os.Root) *stage { return &stage{root: root, mark: rand.Uint64()} }

// temp is the temporary file of a page: in the same folder, so that it can be renamed, and
// hidden, so that nothing takes it for a page.
func (s *stage) temp(page string) string {
	return fmt.Sprintf("%s/.%s.%016x.tmp", path.Dir(page), path.Base(page), s.mark)
}

// add writes a page to a temporary file in the folder of the page.
func (s *stage) add(page string, text []byte, mode fs.FileMode) (err error) {
	f, err := s.root.OpenFile(s.temp(page), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("%s: cannot be written: %s", page, reason(err))
	}
	s.pending = append(s.pending, page)
	_, err = f.Write(text)
	if err == nil {
		err = f.Chmod(mode) // whatever the umask took away
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		return fmt.Errorf("%s: cannot be written: %s", page, reason(err))
	}
	return nil
}

// commit puts the staged pages in place, and tells of each.
func (s *stage) commit(done func(page string)) error {
	for len(s.pending) > 0 {
		page := s.pending[0]
		if err := s.root.Rename(s.temp(page), page); err != nil {
			return fmt.Errorf("%s: cannot be replaced: %s", page, reason(err))
		}
		s.pending = s.pending[1:]
		done(page)
	}
	return nil
}

// discard removes the temporary files that are left.
func (s *stage) discard() {
	for _, page := range s.pending {
		_ = s.root.Remove(s.temp(page)) // nothing better can be done about it
	}
	s.pending = nil
}
