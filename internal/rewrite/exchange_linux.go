package rewrite

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// An exchange replaces pages by swapping names. The new text goes into a temporary file, which
// then trades places with the page in one step. What has the temporary name now is the old page,
// and the text of the next page goes into that. So a run makes one file, where to make one for
// each page costs more than all the rest.
type exchange struct {
	top    *os.File // the folder of the temporary file
	folder *os.File // that of the pages at hand
	name   string   // of the temporary file
	exists bool
	fd     int         // of it, open for writing, if it exists
	is     unix.Stat_t // what it was when it was opened
	owner  [2]uint32   // user and group of a new file
	broken bool        // this file system has no exchange
}

func newExchange(content *os.Root) *exchange {
	x := &exchange{name: temp("page")}
	x.top, _ = content.Open(".") // without it there is no exchange
	return x
}

// enter goes on to the pages of a folder.
func (x *exchange) enter(dir *os.Root) {
	x.leave()
	x.folder, _ = dir.Open(".")
	x.broken = x.top == nil || x.folder == nil
}

func (x *exchange) leave() {
	if x.folder != nil {
		x.folder.Close()
	}
}

func (x *exchange) close() {
	x.drop()
	x.leave()
	if x.top != nil {
		x.top.Close()
	}
}

// replace puts the text in the place of a page.
func (x *exchange) replace(base string, text []byte, was Version) (outcome, error) {
	if x.broken || !x.exists && !x.create() {
		return notSupported, nil
	}
	if err := x.write(text, was); err != nil {
		x.drop()
		return notSupported, err
	}
	var st unix.Stat_t
	err := unix.Fstatat(int(x.folder.Fd()), base, &st, unix.AT_SYMLINK_NOFOLLOW)
	if err == unix.ENOENT || err == nil && !was.isStat(&st) {
		return changed, nil
	}
	if err == nil {
		err = x.swap(base)
	}
	if err != nil {
		x.drop()
		x.broken = true
		return notSupported, nil
	}
	return x.reuse(base, was)
}

func (x *exchange) swap(base string) error {
	return unix.Renameat2(int(x.top.Fd()), x.name, int(x.folder.Fd()), base, unix.RENAME_EXCHANGE)
}

// create makes the temporary file.
func (x *exchange) create() bool {
	fd, err := unix.Openat(int(x.top.Fd()), x.name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_CLOEXEC, 0o600)
	if err != nil {
		return false
	}
	x.exists, x.fd = true, fd
	if unix.Fstat(fd, &x.is) != nil {
		x.drop()
		return false
	}
	x.owner = [2]uint32{x.is.Uid, x.is.Gid}
	return true
}

// write makes the temporary file what the page is to be.
func (x *exchange) write(text []byte, was Version) error {
	for at := 0; at < len(text); {
		n, err := unix.Pwrite(x.fd, text[at:], int64(at))
		if err != nil && err != unix.EINTR {
			return err
		}
		at += max(n, 0)
	}
	if x.is.Size > int64(len(text)) {
		if err := unix.Ftruncate(x.fd, int64(len(text))); err != nil {
			return err
		}
	}
	if perm := uint32(was.mode.Perm()); x.is.Mode&0o777 != perm {
		return unix.Fchmod(x.fd, perm)
	}
	return nil
}

// reuse takes what has the temporary name now, after a swap. If that is not the page as it was
// read, somebody replaced it at the last moment, and it goes back.
func (x *exchange) reuse(base string, was Version) (outcome, error) {
	unix.Close(x.fd)
	x.fd = -1
	err := unix.Fstatat(int(x.top.Fd()), x.name, &x.is, unix.AT_SYMLINK_NOFOLLOW)
	if err == nil && was.isStat(&x.is) {
		if !x.open() {
			x.drop()
		}
		return replaced, nil
	}
	if err == nil {
		err = x.swap(base)
	}
	x.drop()
	return changed, err
}

// open opens the old page for writing, unless somebody might notice: by another name of the same
// file, or because they are reading it. A lease is granted only where nobody has the file open.
func (x *exchange) open() bool {
	if x.is.Nlink != 1 || x.owner != [2]uint32{x.is.Uid, x.is.Gid} {
		return false
	}
	fd, err := unix.Openat(int(x.top.Fd()), x.name, unix.O_WRONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	x.fd = fd
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_SETLEASE, unix.F_WRLCK); err != nil {
		return false
	}
	_, err = unix.FcntlInt(uintptr(fd), unix.F_SETLEASE, unix.F_UNLCK)
	return err == nil
}

// drop removes the temporary file.
func (x *exchange) drop() {
	if !x.exists {
		return
	}
	if x.fd >= 0 {
		unix.Close(x.fd)
	}
	x.exists, x.fd = false, -1
	_ = unix.Unlinkat(int(x.top.Fd()), x.name, 0) // nothing better can be done about an error
}

// isStat reports whether the file is still this version.
func (v Version) isStat(st *unix.Stat_t) bool {
	return st.Mode&unix.S_IFMT == unix.S_IFREG && st.Mode&0o777 == uint32(v.mode.Perm()) &&
		st.Size == v.size && v.mtime.Equal(time.Unix(st.Mtim.Unix()))
}

// punch gives the space of a part of a file back. Where that is not possible, it stays.
func punch(f *os.File, from, size int64) {
	_ = unix.Fallocate(int(f.Fd()), unix.FALLOC_FL_PUNCH_HOLE|unix.FALLOC_FL_KEEP_SIZE, from, size)
}
