package rewrite

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

// A spool is one file for the fresh text of all pages, until it is known that all are right. One
// file for all costs a hundredth of what a file for each would.
type spool struct {
	dir  *os.Root
	name string
	file *os.File
	out  *bufio.Writer
	size int64 // of all that was put in
	at   int64 // how far it was taken out
	gone int64 // how far its space was given back
}

// slack is space that a full spool holds beyond its text, and gives back before the text is
// taken out: pages that grow need some before the spool has shrunk by as much.
const slack = 1 << 17

// newSpool makes a spool on the file system of the folder, so that when all text is in it, there
// is room for the pages too.
func newSpool(dir *os.Root) (*spool, error) {
	s := &spool{dir: dir, name: temp("spool")}
	f, err := dir.OpenFile(s.name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	s.file, s.out = f, bufio.NewWriterSize(f, 1<<16)
	if dir.Remove(s.name) == nil {
		s.name = "" // the file lives on until it is closed, and dies with the process
	}
	return s, nil
}

func (s *spool) put(text []byte) error {
	s.size += int64(len(text))
	_, err := s.out.Write(text)
	return err
}

// full ends the writing.
func (s *spool) full() error {
	if _, err := s.out.Write(make([]byte, slack)); err != nil {
		return err
	}
	if err := s.out.Flush(); err != nil {
		return err
	}
	if err := s.file.Truncate(s.size); err != nil {
		return err
	}
	_, err := s.file.Seek(0, io.SeekStart)
	return err
}

// take reads the next n bytes, and now and then gives back the space of what was read.
func (s *spool) take(buf []byte, n int) ([]byte, error) {
	if cap(buf) < n {
		buf = make([]byte, n)
	}
	if _, err := io.ReadFull(s.file, buf[:n]); err != nil {
		return nil, fmt.Errorf("temporary file: %w", err)
	}
	s.at += int64(n)
	if s.at-s.gone > slack/2 {
		punch(s.file, s.gone, s.at-s.gone)
		s.gone = s.at
	}
	return buf[:n], nil
}

func (s *spool) close() {
	s.file.Close()
	if s.name != "" {
		_ = s.dir.Remove(s.name) // nothing better can be done about an error
	}
}
