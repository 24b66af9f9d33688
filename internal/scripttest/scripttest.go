// Package scripttest is what the scripts and archives of several tests need.
package scripttest

import (
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// UseGo lets a script load and build packages with the user's build cache, which is quick.
func UseGo(env *testscript.Env) error {
	for _, name := range []string{"GOCACHE", "GOMODCACHE", "GOFLAGS", "GOTOOLCHAIN", "HOME"} {
		env.Setenv(name, os.Getenv(name))
	}
	if os.Getenv("GOCACHE") != "" {
		return nil
	}
	cache, err := os.UserCacheDir()
	env.Setenv("GOCACHE", filepath.Join(cache, "go-build"))
	return err
}
