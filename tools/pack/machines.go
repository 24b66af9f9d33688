package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/awaitless/awaitless/internal/content"
	"github.com/awaitless/awaitless/internal/highlight"
	"github.com/awaitless/awaitless/internal/machines"
	"github.com/awaitless/awaitless/internal/search"
	"github.com/pelletier/go-toml/v2"
)

// Where things are below the root.
const (
	machinesDir = ".bin/site/machines"
	searchDir   = ".bin/site/search"
	colouredDir = ".bin/site/highlighted"
	programsDir = ".bin/site/programs"
)

// writeMachines makes what programs read of the site, what its search reads, and its coloured code.
func writeMachines(root, baseURL string) error {
	base, err := parseBase(baseURL)
	if err != nil {
		return err
	}
	settings, err := readSettings(filepath.Join(root, "site"))
	if err != nil {
		return err
	}
	site, err := content.Load(settings.pages(root), settings.Params.Sections)
	if err != nil {
		return err
	}
	files, err := machines.Files(site, machines.Config{
		Title:      settings.Title,
		Repository: cmp.Or(os.Getenv("HUGO_PARAMS_REPOSITORY"), settings.Params.Repository),
		Commit:     cmp.Or(os.Getenv("HUGO_PARAMS_COMMIT"), settings.Params.Commit),
		Base:       base,
		Go:         runtime.Version(),
		Programs:   os.DirFS(filepath.Join(root, programsDir)),
	})
	if err != nil {
		return err
	}
	return errors.Join(
		machines.Write(filepath.Join(root, machinesDir), files),
		machines.Write(filepath.Join(root, searchDir), search.New(site, base).Files()),
		machines.Write(filepath.Join(root, colouredDir), highlight.Files(site)))
}

// settings are what hugo.toml says of the site.
type settings struct {
	Title      string
	ContentDir string `toml:"contentDir"`
	Params     struct {
		Repository, Commit string
		Sections           []string
	}
}

func readSettings(dir string) (s settings, err error) {
	text, err := os.ReadFile(filepath.Join(dir, "hugo.toml"))
	if err == nil {
		err = toml.Unmarshal(text, &s)
	}
	return s, err
}

// pages is the folder of pages, as Hugo finds it.
func (s settings) pages(root string) fs.FS {
	dir := cmp.Or(os.Getenv("HUGO_CONTENTDIR"), s.ContentDir)
	if !filepath.IsAbs(dir) {
		dir = filepath.Join(root, "site", dir)
	}
	return os.DirFS(dir)
}
