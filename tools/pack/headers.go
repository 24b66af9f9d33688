package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path"
	"regexp"
)

const (
	headersName = "_headers"
	forever     = "public, max-age=31536000, immutable"
)

// A name that holds a hash of what is in the file: once changed, it has another.
var hashed = regexp.MustCompile(`[._][0-9a-f]{12,}\.`)

// writeHeaders tells the host which files never change, each by its own name. A
// rule for their folder would also hold for what is missing there: who asks for
// it while the site changes would keep that answer for a year.
func writeHeaders(root *os.Root) error {
	var rules bytes.Buffer
	for _, folder := range []string{"assets", "og"} {
		files, err := fs.Glob(root.FS(), folder+"/*")
		if err != nil {
			return err
		}
		for _, name := range files {
			if hashed.MatchString(path.Base(name)) {
				fmt.Fprintf(&rules, "/%s\n  Cache-Control: %s\n", name, forever)
			}
		}
	}
	return root.WriteFile(headersName, rules.Bytes(), 0o644)
}
