package main

import (
	"errors"
	"os"
	"path/filepath"
)

// findRoot finds the nearest folder at or above the current one that holds go.mod.
func findRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && info.Mode().IsRegular() {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("no go.mod in this folder or above; run extract inside the repository")
		}
		dir = up
	}
}
