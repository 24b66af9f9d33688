// Pack makes of the pages, and of what Hugo built, what Hugo does not.
//
//	pack -machines ROOT [BASEURL]
//
// writes into ROOT/.bin/site what ROOT/site/hugo.toml mounts: into machines what programs read of
// the site, see internal/machines, which are the pages' Markdown, llms.txt and the agent skill; into
// search the index of the site's search, see internal/search; into highlighted the code of the pages
// with its colours, see internal/highlight. As Hugo does, it lets HUGO_CONTENTDIR and HUGO_PARAMS_…
// take the place of what hugo.toml says.
//
//	pack DIR [BASEURL]
//
// finishes the site in DIR. It tells the host in DIR/_headers which files never change, and
// DIR/sw.js, the service worker, which pages and assets a reader keeps for reading offline, and packs the site as DIR/awaitless-site.zip, to be read from disk.
// BASEURL is the address for which the site was built. Equal sites give equal bytes.
package main

import (
	"errors"
	"fmt"
	"net/url"
	"os"
)

func main() {
	args, run := os.Args[1:], pack
	if len(args) > 0 && args[0] == "-machines" {
		args, run = args[1:], writeMachines
	}
	if len(args) < 1 || len(args) > 2 {
		fmt.Fprintln(os.Stderr, "usage: pack DIR [BASEURL]\n       pack -machines ROOT [BASEURL]")
		os.Exit(2)
	}
	base := "/"
	if len(args) == 2 && args[1] != "" {
		base = args[1]
	}
	if err := run(args[0], base); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func pack(dir, baseURL string) error {
	base, err := parseBase(baseURL)
	if err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return errors.Join(writeHeaders(root), completeWorker(root), zipSite(root, base))
}

// parseBase reads the address of the site, whose path ends with a slash, as Hugo has it.
func parseBase(baseURL string) (*url.URL, error) {
	base, err := url.Parse(baseURL)
	if err != nil {
		return nil, err
	}
	return base.JoinPath("/"), nil
}
