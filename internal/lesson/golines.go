package lesson

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// GoLines are those of the modules that programs are pasted into. The
// first is that of the module in which they are built and run.
var GoLines = []string{"1.21", "1.22", "1.26"}

// writeGoLines writes go.mod, and go-LINE.mod for every go line. What
// the programs import asks for a newer line itself, and go mod tidy
// would raise ours. A reader may have an older release of it, so the
// module gets copies that ask for the oldest line.
func (s *Suite) writeGoLines(module string) error {
	need := ""
	for _, foreign := range []string{
		"golang.org/x/sync", "golang.org/x/time",
	} {
		cmd := exec.Command(
			"go", "list", "-m", "-f", "{{.Dir}}", foreign)
		cmd.Dir = s.root
		from, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("%s: %w", cmd, err)
		}
		// A folder with a dot is no part of the pattern ./... .
		dir := "./.deps/" + path.Base(foreign)
		to := filepath.Join(module, dir)
		err = os.CopyFS(to, os.DirFS(strings.TrimSpace(string(from))))
		if err != nil {
			return err
		}
		err = WriteMod(to, "go.mod", foreign, GoLines[0], "")
		if err != nil {
			return err
		}
		need += fmt.Sprintf(
			"\nrequire %s v0.0.0\n\nreplace %[1]s => %s\n",
			foreign, dir)
	}
	for _, line := range GoLines {
		name := "go-" + line + ".mod"
		if err := WriteMod(module, name, "x", line, need); err != nil {
			return err
		}
	}
	return WriteMod(module, "go.mod", "x", GoLines[0], need)
}

// WriteMod writes a go.mod with a go line, and with need at its end.
func WriteMod(dir, name, module, line, need string) error {
	text := "module " + module + "\n\ngo " + line + "\n" + need
	return os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666)
}
