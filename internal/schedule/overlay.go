package schedule

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/awaitless/awaitless/internal/rewrite"
)

//go:embed _runtime/order.go
var orderGo []byte

// point is the statement that may let others go first, in package runtime and elsewhere.
const point = "orderPoint()"

// addedFile is the name of the file that a package of Go's own gets.
const addedFile = "awaitless_order.go"

// added is what stands in these files.
var added = map[string][]byte{
	"runtime":     orderGo,
	"sync":        declarePoint("sync"),
	"sync/atomic": declarePoint("atomic"),
	"os":          declarePoint("os"),
}

// declarePoint is a file that gives a package the runtime's orderPoint.
func declarePoint(pkg string) []byte {
	return fmt.Appendf(nil, "package %s\n\nimport _ \"unsafe\"\n\n//go:linkname orderPoint runtime.orderPoint\nfunc orderPoint()\n", pkg)
}

// edits lists what changes in Go's own source, by file.
var edits = map[string][]edit{
	"runtime/proc.go": {
		// Nobody watches in real time: not preemption, not a collection, not a system call.
		replace(`const haveSysmon = GOARCH != "wasm"`, `const haveSysmon = false`),
		// A goroutine with a thread of its own would wait for the kernel to wake it.
		replace("\tlockOSThread()\n\n\tif mp != &m0 {", "\tif mp != &m0 {"),
		replace("\tneedUnlock := true\n", "\tneedUnlock := false\n"),
		replace("\tneedUnlock = false\n\tunlockOSThread()\n", "\tneedUnlock = false\n"),
		// One decision at a time: which goroutine runs, or which timer fires.
		replace("\tnow, pollUntil, _ := pp.timers.check(0, nil)\n", "\tnow, pollUntil := nanotime(), int64(0)\n"),
		replace("\t// Check the global runnable queue once in a while to ensure fairness.\n",
			"\tif gp := orderPick(pp); gp != nil {\n\t\treturn gp, false, false\n\t}\n\t_, pollUntil, _ = pp.timers.check(now, nil)\n\n"),
		enter("if orderLen > 0 { return false }", "runqempty"),
		enter(point, "newproc"),
		enter("return", "LockOSThread", "UnlockOSThread"),
	},
	"runtime/debug.go":    {enter("return 1", "GOMAXPROCS"), enter("return", "SetDefaultGOMAXPROCS")},
	"runtime/sigqueue.go": {replace("\t\t\t\tnotetsleepg(&sig.note, -1)\n", "\t\t\t\torderSignalWait()\n")},
	"runtime/rand.go": {
		replace("\tglobalRand.state.Init(*seed)\n", "\torderInit(seed)\n\tglobalRand.state.Init(*seed)\n"),
		enter("if orderOwns() { return orderDraw() }", "rand"),
	},
	"runtime/select.go": {
		replace("j := cheaprandn(uint32(norder + 1))", "j := orderDrawn(uint32(norder + 1))"),
		enter(point, "selectgo"),
	},
	"runtime/chan.go": {enter(point, "chansend", "chanrecv", "closechan")},
	"runtime/time.go": {
		enter(point, "newTimer", "stopTimer", "resetTimer"),
		// A timer that nobody waits for is looked at when its channel is: at its very instant
		// it may have fired or not.
		replace("\tif t.state&timerHeaped != 0 || t.when == 0 || t.when > now {\n\t\tt.trace(\"maybeRunChan-\")",
			"\tif t.state&timerHeaped != 0 || t.when == 0 || t.when > now || t.when == now && orderOwns() && orderDrawn(2) == 0 {\n\t\tt.trace(\"maybeRunChan-\")"),
	},
	"internal/runtime/maps/table.go": {
		// Small maps are read from a random place on; any order may come.
		replace("k := uintptr(it.entryIdx+it.entryOffset) % abi.MapGroupSlots", "k := orderSlot(it.entryOffset, it.entryIdx)"),
		add(slotOrder),
	},
	"sync/mutex.go":        {enter(point, "Mutex.Lock", "Mutex.TryLock", "Mutex.Unlock")},
	"sync/cond.go":         {enter(point, "Cond.Wait", "Cond.Signal", "Cond.Broadcast")},
	"sync/atomic/type.go":  {enterMethods(point)},
	"sync/atomic/value.go": {enterMethods(point)},
	"os/file.go":           {enter(point, "File.Write")},
}

// slotOrder numbers the slots of a group in an order that the random number chooses.
const slotOrder = `
func orderSlot(random, index uint64) uintptr {
	slots := [abi.MapGroupSlots]uint8{0, 1, 2, 3, 4, 5, 6, 7}
	for i := uint64(len(slots) - 1); i > 0; i-- {
		j := random % (i + 1)
		random /= i + 1
		slots[i], slots[j] = slots[j], slots[i]
	}
	return uintptr(slots[index])
}
`

// add puts text at the end of a file.
func add(text string) edit {
	return func(_ string, src []byte) ([]byte, error) { return append(src, text...), nil }
}

// An overlay is the argument of go build -overlay that holds these edits, and the file of it.
type overlay struct {
	Replace map[string]string
}

// writeOverlay makes the changed files of the Go at goroot in a folder, and returns the file for
// -overlay. Its errors name each edit that does not fit.
func writeOverlay(goroot, dir string) (string, error) {
	o := overlay{map[string]string{}}
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(edits)) {
		from := filepath.Join(goroot, "src", filepath.FromSlash(name))
		src, err := os.ReadFile(from)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		src, err = apply(name, src, edits[name])
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if err := o.add(from, filepath.Join(dir, filepath.FromSlash(name)), src); err != nil {
			return "", err
		}
	}
	if err := errors.Join(errs...); err != nil {
		return "", fmt.Errorf("the source of this Go is not as package schedule knows it; mend its edits:\n%w", err)
	}
	for pkg, text := range added {
		name := filepath.FromSlash(pkg + "/" + addedFile)
		if err := o.add(filepath.Join(goroot, "src", name), filepath.Join(dir, name), text); err != nil {
			return "", err
		}
	}
	text, err := json.Marshal(o)
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "overlay.json")
	return file, rewrite.File(file, text)
}

func apply(name string, src []byte, list []edit) ([]byte, error) {
	var errs []error
	for _, e := range list {
		out, err := e(name, src)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		src = out
	}
	return src, errors.Join(errs...)
}

func (o *overlay) add(from, to string, text []byte) error {
	o.Replace[from] = to
	return rewrite.File(to, text)
}
