// Pack finishes what Hugo built:
//
//	pack DIR [BASEURL]
//
// It tells DIR/sw.js, the service worker, which pages and assets a reader keeps for reading
// offline, and packs the site as DIR/awaitless-site.zip, to be read from disk. BASEURL is the
// address for which the site was built. Equal sites give equal bytes.
package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
)

func main() {
	if len(os.Args) < 2 || len(os.Args) > 3 {
		fmt.Fprintln(os.Stderr, "usage: pack DIR [BASEURL]")
		os.Exit(2)
	}
	base := "/"
	if len(os.Args) == 3 && os.Args[2] != "" {
		base = os.Args[2]
	}
	if err := pack(os.Args[1], base); err != nil {
		fmt.Fprintln(os.Stderr, "pack:", err)
		os.Exit(1)
	}
}

func pack(dir, baseURL string) error {
	base, err := url.Parse(baseURL)
	if err != nil {
		return err
	}
	base = base.JoinPath("/") // as Hugo does
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return errors.Join(completeWorker(root), zipSite(root, base))
}
