package runner

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/awaitless/awaitless/internal/mutate"
)

// build compiles the tests of the package to out. files stand in the place of those on the disk.
func build(p *mutate.Package, out string, files map[string][]byte, env []string, flags ...string) error {
	dir := out + ".src"
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	overlay := struct{ Replace map[string]string }{map[string]string{}}
	for path, src := range files {
		copied := filepath.Join(dir, filepath.Base(path))
		if err := os.WriteFile(copied, src, 0o644); err != nil {
			return err
		}
		overlay.Replace[path] = copied
	}
	list := filepath.Join(dir, "overlay.json")
	data, err := json.Marshal(overlay)
	if err != nil {
		return err
	}
	if err := os.WriteFile(list, data, 0o644); err != nil {
		return err
	}
	args := append([]string{"test", "-c", "-vet=off", "-o", out, "-overlay", list}, flags...)
	cmd := exec.Command("go", append(args, ".")...)
	cmd.Dir = p.Dir
	cmd.Env = append(os.Environ(), env...)
	if said, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the tests of %s: %w\n%s", p.Path, err, said)
	}
	return nil
}
