package lesson

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"github.com/awaitless/awaitless/internal/timeline/asyncio"
)

// newEnough is what the originals need: TaskGroup and asyncio.timeout
// came with Python 3.11.
const newEnough = "import sys; sys.exit(sys.version_info < (3, 11)"

// findPython returns the Python that runs the originals, or why there
// is none.
func findPython() (path, reason string) {
	path, err := exec.LookPath("python3")
	if err != nil {
		return "", "python3 not found"
	}
	// It may be a script that looks for the real one at every start.
	const itself = "import sys; print(sys.executable)"
	out, err := exec.Command(path, "-c", itself).Output()
	if err == nil {
		path = strings.TrimSpace(string(out))
	}
	err = exec.Command(path, "-c", newEnough+")").Run()
	if err != nil {
		return "", fmt.Sprintf("%s is older than 3.11", path)
	}
	return path, ""
}

const noAiohttp = "no python3 can import aiohttp"

// findAiohttp returns a Python that runs the originals and can import
// aiohttp: the first on the path, which need not be the first python3.
// It is looked for once; its lack is reported once, in one line.
var findAiohttp = sync.OnceValue(func() string {
	for _, dir := range filepath.SplitList(os.Getenv("PATH")) {
		path, err := exec.LookPath(filepath.Join(dir, "python3"))
		if err != nil {
			continue
		}
		// Importing it takes long; knowing where it is does not.
		look := "import importlib.util; " + newEnough +
			" or not importlib.util.find_spec('aiohttp'))"
		if exec.Command(path, "-c", look).Run() == nil {
			return path
		}
	}
	log.Print("the aiohttp half is skipped: " + noAiohttp)
	return ""
})

// cmdPython runs an asyncio original, named below examples:
//
//	python gather.py first
//	python -real pools.py threads
//	python -aiohttp httpclient.py several
//
// It runs in virtual time: the loop's clock jumps to the next timer
// when there is nothing to do, so the order of events never depends on
// the machine's load. With -real it runs on the wall clock, as threads
// and sockets need; with -aiohttp it does so in a Python that has
// aiohttp.
func (s *Suite) cmdPython(python string) func(*testScript, bool, []string) {
	// -S: the standard library alone, which starts sooner.
	virtual := &pythonServer{dir: s.scratch, args: []string{python, "-S"}}
	aiohttp := sync.OnceValue(func() *pythonServer {
		return &pythonServer{
			dir: s.scratch, args: []string{findAiohttp()}, option: "-aiohttp",
		}
	})
	return func(ts *testScript, neg bool, args []string) {
		option := ""
		if len(args) > 0 && strings.HasPrefix(args[0], "-") {
			option, args = args[0], args[1:]
		}
		if len(args) == 0 {
			ts.Fatalf("usage: python [-real|-aiohttp] FILE.py [ARG...]")
		}
		// Python names the file in its warnings as it was given.
		original := filepath.Join(s.root, "examples", OriginalPath(args[0]))
		args[0] = filepath.Base(original)
		ts.Check(Copy(original, ts.MkAbs(args[0])))
		switch option {
		case "-aiohttp":
			runOriginal(ts, neg, aiohttp(), args)
		case "-real":
			execute(ts, neg, python, args...)
		case "":
			runOriginal(ts, neg, virtual, args)
		default:
			ts.Fatalf("unknown option %s; valid are -real and -aiohttp",
				option)
		}
	}
}

func runOriginal(
	ts *testScript, neg bool, server *pythonServer, args []string,
) {
	r, err := server.run(ts.MkAbs("."), args)
	ts.Check(err)
	fmt.Fprint(ts.Stdout(), r.Stdout)
	fmt.Fprint(ts.Stderr(), r.Stderr)
	expect(ts, neg, args[0], r.Err)
}

// OriginalPath is where an original lies: gather.py belongs to the
// chapter gather.
func OriginalPath(name string) string {
	dir := strings.TrimSuffix(filepath.Base(name), ".py")
	if filepath.Dir(name) != "." {
		dir = filepath.Dir(name)
	}
	return filepath.Join(dir, filepath.Base(name))
}

// pythonServer asks one Python, which has imported what takes long, to
// run originals with virtualtime.py. It starts with the first.
type pythonServer struct {
	dir    string   // where virtualtime.py lies
	args   []string // Python and its own options
	option string   // of virtualtime.py

	mu  sync.Mutex
	in  *json.Encoder
	out *json.Decoder
}

// run runs args, a file and its arguments, in dir. The last error is
// for what went wrong on the way; a program that failed says so in its
// run.
func (v *pythonServer) run(dir string, args []string) (Run, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	var r Run
	if v.in == nil {
		if err := v.start(); err != nil {
			return r, err
		}
	}
	if err := v.in.Encode(append([]string{dir}, args...)); err != nil {
		return r, err
	}
	var code int
	reply := []any{&code, &r.Stdout, &r.Stderr}
	if err := v.out.Decode(&reply); err != nil {
		return r, fmt.Errorf("virtualtime.py: %w", err)
	}
	if code != 0 {
		r.Err = fmt.Errorf("exit status %d", code)
	}
	return r, nil
}

// start starts Python. It ends with its standard input: with this
// process.
func (v *pythonServer) start() error {
	if err := asyncio.Write(v.dir); err != nil {
		return err
	}
	args := append(v.args[1:], filepath.Join(v.dir, asyncio.VirtualTime))
	if v.option != "" {
		args = append(args, v.option)
	}
	cmd := exec.Command(v.args[0], args...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	v.in, v.out = json.NewEncoder(in), json.NewDecoder(out)
	return cmd.Start()
}
