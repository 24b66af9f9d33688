package main

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
)

// A stage holds rewritten pages beside the real ones until all of them are known to be right.
// It keeps their names only, since a site may have many pages.
type stage struct {
	root    *os.Root
	pending []staged
}

type staged struct{ temp, page string }

// add writes a page to a temporary file in the folder of the page.
func (s *stage) add(page string, text []byte, mode fs.FileMode) (err error) {
	temp := fmt.Sprintf("%s/.%s.%016x.tmp", path.Dir(page), path.Base(page), rand.Uint64())
	f, err := s.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return fmt.Errorf("%s: cannot be written: %s", page, reason(err))
	}
	s.pending = append(s.pending, staged{temp, page})
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

// commit puts the staged pages in place.
func (s *stage) commit(done func(page string)) error {
	for len(s.pending) > 0 {
		p := s.pending[0]
		if err := s.root.Rename(p.temp, p.page); err != nil {
			return fmt.Errorf("%s: cannot be replaced: %s", p.page, reason(err))
		}
		s.pending = s.pending[1:]
		done(p.page)
	}
	return nil
}

// discard removes the temporary files that are left.
func (s *stage) discard() {
	for _, p := range s.pending {
		_ = s.root.Remove(p.temp) // nothing better can be done about it
	}
	s.pending = nil
}
