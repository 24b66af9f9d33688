package examples

import (
	"fmt"
	"os"
	"os/exec"
)

// newEnough is what the originals need: TaskGroup and asyncio.timeout
// came with Python 3.11.
const newEnough = "import sys; sys.exit(sys.version_info < (3, 11))"

// findPython returns the Python that runs the originals, or why there is
// none.
func findPython() (path, reason string) {
	path, err := exec.LookPath("python3")
	if err != nil {
		return "", "python3 not found"
	}
	if err := exec.Command(path, "-c", newEnough).Run(); err != nil {
		return "", fmt.Sprintf("%s is older than 3.11", path)
	}
	return path, ""
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o666)
}
