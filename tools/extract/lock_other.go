//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package main

import (
	"context"
	"os"
)

// lock is for systems with flock.
func lock(context.Context, *os.Root) (release func(), locked bool) { return func() {}, false }
