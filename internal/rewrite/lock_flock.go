//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package rewrite

import (
	"context"
	"os"
	"syscall"
	"time"
)

// Lock waits until no other run writes below the folder, and keeps others out until the process
// ends or release is called. It reports false where the file system has no locks.
func Lock(ctx context.Context, folder *os.Root) (release func(), locked bool) {
	f, err := folder.Open(".")
	if err != nil {
		return func() {}, false
	}
	for ctx.Err() == nil {
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err != syscall.EWOULDBLOCK && err != syscall.EINTR {
			break
		}
		select { // a blocking call would not notice a signal
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
		}
	}
	return func() { f.Close() }, err == nil
}
