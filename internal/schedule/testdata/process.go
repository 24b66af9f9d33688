package main

import (
	"fmt"
	"io"
	"os/exec"
	"strings"
)

func main() {
	cat := exec.Command("/bin/cat") // a run has no PATH
	cat.Stdin = io.MultiReader(strings.NewReader("said"))
	out, err := cat.Output()
	fmt.Println(string(out), err)
}
