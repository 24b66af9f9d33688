package main

import (
	"cmp"
	"os"
	"path/filepath"
	"runtime"

	"github.com/awaitless/awaitless/internal/machines"
	"github.com/pelletier/go-toml/v2"
)

// Where things are below the root.
const (
	machinesDir = ".bin/site/machines"
	programsDir = ".bin/site/programs"
)

// writeMachines makes what programs read of the site.
func writeMachines(root, baseURL string) error {
	config, content, err := siteConfig(filepath.Join(root, "site"))
	if err != nil {
		return err
	}
	if config.Base, err = parseBase(baseURL); err != nil {
		return err
	}
	config.Go = runtime.Version()
	config.Programs = os.DirFS(filepath.Join(root, programsDir))
	files, err := machines.Files(os.DirFS(content), config)
	if err != nil {
		return err
	}
	return machines.Write(filepath.Join(root, machinesDir), files)
}

// siteConfig reads what the site's settings say of it, and where its pages are.
func siteConfig(site string) (config machines.Config, content string, err error) {
	var settings struct {
		Title      string
		ContentDir string `toml:"contentDir"`
		Params     struct {
			Repository, Commit string
			Sections           []string
		}
	}
	text, err := os.ReadFile(filepath.Join(site, "hugo.toml"))
	if err == nil {
		err = toml.Unmarshal(text, &settings)
	}
	content = cmp.Or(os.Getenv("HUGO_CONTENTDIR"), settings.ContentDir)
	if !filepath.IsAbs(content) {
		content = filepath.Join(site, content)
	}
	return machines.Config{
		Title:      settings.Title,
		Repository: cmp.Or(os.Getenv("HUGO_PARAMS_REPOSITORY"), settings.Params.Repository),
		Commit:     cmp.Or(os.Getenv("HUGO_PARAMS_COMMIT"), settings.Params.Commit),
		Sections:   settings.Params.Sections,
	}, content, err
}
