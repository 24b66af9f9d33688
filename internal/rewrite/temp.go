package rewrite

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"regexp"
	"time"
)

// temporary matches the temporary files of any run: .NAME.<16 hex digits>.tmp beside what it replaces.
var temporary = regexp.MustCompile(`^\.[^/]+\.[0-9a-f]{16}\.tmp$`)

// temp is a new name for a temporary file: hidden, so that nothing takes it for a page.
func temp(base string) string { return fmt.Sprintf(".%s.%016x.tmp", base, rand.Uint64()) }

// Sweep removes a file below the folder if it is what a run that was killed left behind. Whoever
// holds the lock of the folder is the only one at work in it, so that all such files are old.
// Without a lock, age tells.
func Sweep(dir *os.Root, name string, e fs.DirEntry, locked bool) error {
	if !e.Type().IsRegular() || !temporary.MatchString(e.Name()) {
		return nil
	}
	if info, err := e.Info(); locked || err == nil && time.Since(info.ModTime()) > time.Hour {
		return dir.Remove(name)
	}
	return nil
}

// replaceFile puts a file with the text in the place of another, or where there is none, in one
// step: whoever looks sees the old file or the new one.
func replaceFile(dir *os.Root, base string, text []byte, mode fs.FileMode) (err error) {
	name := temp(base)
	f, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Chmod(mode) // whatever the umask took away
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = dir.Rename(name, base)
	}
	if err != nil {
		_ = dir.Remove(name)
	}
	return err
}
