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
func (s *stage) temp(base string) string {
	return fmt.Sprintf(".%s.%016x.tmp", base, s.mark)
}

// add writes a page of the folder dir to its temporary file.
func (s *stage) add(dir *os.Root, page string, text []byte, mode fs.FileMode) error {
	temp := s.temp(path.Base(page))
	f, err := dir.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
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
	return s.each(func(dir *os.Root, page string) error {
		base := path.Base(page)
		if err := dir.Rename(s.temp(base), base); err != nil {
			return fmt.Errorf("%s: cannot be replaced: %s", page, reason(err))
		}
		done(page)
		return nil
	})
}

// discard removes the temporary files that are left.
func (s *stage) discard() {
	_ = s.each(func(dir *os.Root, page string) error {
		_ = dir.Remove(s.temp(path.Base(page))) // nothing better can be done about an error
		return nil
	})
}

// each takes the pending pages one by one, until an error. Pages of a folder follow each other,
// so it opens each folder once.
func (s *stage) each(do func(dir *os.Root, page string) error) error {
	var dir *os.Root
	open := ""
	for len(s.pending) > 0 {
		page := s.pending[0]
		if name := path.Dir(page); name != open {
			if dir != nil {
				dir.Close()
			}
			var err error
			if dir, err = s.root.OpenRoot(name); err != nil {
				return fmt.Errorf("%s: %s", name, reason(err))
			}
			open = name
		}
		if err := do(dir, page); err != nil {
			dir.Close()
			return err
		}
		s.pending = s.pending[1:]
	}
	if dir != nil {
		dir.Close()
	}
	return nil
}
