package examples

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
)

// newEnough is what the originals need: TaskGroup and asyncio.timeout
// came with Python 3.11.
const newEnough = "import sys; sys.exit(sys.version_info < (3, 11)"

// findPython returns the Python that runs the originals, or why there is
// none.
func findPython() (path, reason string) {
	path, err := exec.LookPath("python3")
	if err != nil {
		return "", "python3 not found"
	}
	// It may be a script that looks for the real one at every start.
	out, err := exec.Command(path, "-c", "import sys; print(sys.executable)").Output()
	if err == nil {
		path = strings.TrimSpace(string(out))
	}
	if err := exec.Command(path, "-c", newEnough+")").Run(); err != nil {
		return "", fmt.Sprintf("%s is older than 3.11", path)
	}
	return path, ""
}

// findAiohttp returns a Python that runs the originals and can import
// aiohttp: the first on the path, which need not be the first python3.
// It is looked for once, and missed in one line.
var findAiohttp = sync.OnceValue(func() string {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		path, err := exec.LookPath(filepath.Join(dir, "python3"))
		if err != nil {
			continue
		}
		// Importing it takes long; knowing where it is does not.
		look := newEnough + " or not importlib.util.find_spec('aiohttp'))"
		if exec.Command(path, "-c", "import importlib.util; "+look).Run() == nil {
			return path
		}
	}
	log.Print("the aiohttp half is skipped: no python3 can import aiohttp")
	return ""
})

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o666)
}
