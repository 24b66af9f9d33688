package main

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
)

const (
	workerName = "sw.js"
	firstLine  = "self.site="
)

// completeWorker writes the first line of the service worker.
func completeWorker(root *os.Root) error {
	worker, err := root.ReadFile(workerName)
	if err != nil {
		return err
	}
	if bytes.HasPrefix(worker, []byte(firstLine)) { // packed before
		_, worker, _ = bytes.Cut(worker, []byte("\n"))
	}
	files, weight, err := kept(root.FS())
	if err != nil {
		return err
	}
	line, err := json.Marshal(map[string]any{"files": files, "bytes": weight})
	if err != nil {
		return err
	}
	return root.WriteFile(workerName, fmt.Appendf(nil, "%s%s;\n%s", firstLine, line, worker), 0o644)
}

// kept maps the address of each page and asset to a hash of its content, and
// says how many bytes all of them are on their way to a reader.
func kept(site fs.FS) (files map[string]string, weight int, err error) {
	files = map[string]string{}
	err = fs.WalkDir(site, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		// An asset without a hash in its name is for tabs of other builds.
		asset := strings.HasPrefix(name, "assets/") && hashed.MatchString(name)
		if path.Ext(name) != ".html" && !asset {
			return nil
		}
		text, err := fs.ReadFile(site, name)
		files[address(name)] = fmt.Sprintf("%x", sha256.Sum256(text))[:12]
		weight += gzipSize(text)
		return err
	})
	return files, weight, err
}

// gzipSize is what a host sends of a text.
func gzipSize(text []byte) int {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(text) // a buffer takes all
	w.Close()
	return packed.Len()
}

// address is where a file is found: a folder answers with its index.html.
func address(name string) string {
	if path.Base(name) == "index.html" {
		return strings.TrimSuffix(name, "index.html")
	}
	return name
}
