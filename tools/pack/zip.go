package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path"
	"slices"
)

const (
	zipName = "awaitless-site.zip"
	folder  = "awaitless/" // what unzipping leaves
)

// zipSite packs the pages, and what they link to, such that a browser opens
// them from disk.
func zipSite(root *os.Root, base *url.URL) error {
	site := root.FS()
	packed := map[string][]byte{}
	linked := map[string]string{}
	err := fs.WalkDir(site, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".html" {
			return err
		}
		text, err := fs.ReadFile(site, name)
		if err != nil {
			return err
		}
		page := diskPage{at: base.JoinPath(name), base: base, linked: linked}
		packed[name], err = page.rewrite(text)
		return err
	})
	if err != nil {
		return err
	}
	for name, page := range linked {
		if packed[name] != nil {
			continue
		}
		if packed[name], err = fs.ReadFile(site, name); err != nil {
			return fmt.Errorf("%s: links to a file that is not there: %w", page, err)
		}
	}
	text, err := archive(packed)
	if err != nil {
		return err
	}
	return root.WriteFile(zipName, text, 0o644)
}

// archive is sorted and knows no time, so that equal sites are equal archives.
func archive(files map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(folder + name)
		if err != nil {
			return nil, err
		}
		if _, err := f.Write(files[name]); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}
