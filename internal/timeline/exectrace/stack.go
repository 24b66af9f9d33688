package exectrace

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/exp/trace"

	"github.com/awaitless/awaitless/internal/timeline/instrument"
)

// A stack is a goroutine's frames, innermost first.
type stack []trace.StackFrame

func newStack(s trace.Stack) stack { return slices.Collect(s.Frames()) }

// isOwn reports whether a frame is the program's own code, not that of its instruments.
func isOwn(f trace.StackFrame) bool {
	return strings.HasPrefix(f.Func, "main.") && filepath.Base(f.File) != instrument.File
}

func (s stack) own() bool { return slices.ContainsFunc(s, isOwn) }

func (s stack) innermost() (trace.StackFrame, bool) {
	i := slices.IndexFunc(s, isOwn)
	if i < 0 {
		return trace.StackFrame{}, false
	}
	return s[i], true
}

// inner is the innermost own frame alone.
func (s stack) inner() stack {
	f, ok := s.innermost()
	if !ok {
		return nil
	}
	return stack{f}
}

// outer is the outermost own frame alone.
func (s stack) outer() stack {
	for _, f := range slices.Backward(s) {
		if isOwn(f) && f.Func != "main."+instrument.Main {
			return stack{f}
		}
	}
	return nil
}

func (s stack) has(function string) bool {
	return slices.ContainsFunc(s, func(f trace.StackFrame) bool { return f.Func == function })
}

// wait says what a goroutine waits for. The runtime knows the operation; for "sync", only the
// stack tells which.
func (s stack) wait(reason string) string {
	switch {
	case s.has("sync.(*WaitGroup).Wait"):
		return "WaitGroup"
	case s.has("sync.(*Cond).Wait"):
		return "Cond"
	case s.has("sync.(*Mutex).Lock"), s.has("sync.(*RWMutex).Lock"), s.has("sync.(*RWMutex).RLock"):
		return "lock"
	}
	switch reason {
	case "sleep", "select":
		return reason
	case "chan receive":
		return "receive"
	case "chan send":
		return "send"
	}
	return "blocked"
}

// wakes is the verb for how a goroutine with this stack ended another's wait; it is empty for a timer.
func (s stack) wakes() string {
	for _, how := range []struct{ function, verb string }{
		{"context.WithDeadlineCause.func2", "deadline"},
		{"context.(*cancelCtx).cancel", "cancel"},
		{"sync.(*WaitGroup).Done", "done"},
		{"sync.(*WaitGroup).Add", "done"},
		{"sync.(*Mutex).Unlock", "unlock"},
		{"sync.(*RWMutex).Unlock", "unlock"},
		{"sync.(*RWMutex).RUnlock", "unlock"},
		{"sync.(*Cond).Signal", "signal"},
		{"sync.(*Cond).Broadcast", "broadcast"},
		{"golang.org/x/sync/semaphore.(*Weighted).Release", "release"},
		{"runtime.chansend1", "send"},
		{"runtime.selectnbsend", "send"},
		{"runtime.chanrecv1", "receive"},
		{"runtime.chanrecv2", "receive"},
		{"runtime.selectnbrecv", "receive"},
		{"runtime.selectgo", "select"},
	} {
		if s.has(how.function) {
			return how.verb
		}
	}
	return ""
}

// wakesFrom says how a goroutine ends a wait in a state where its stack doesn't.
func wakesFrom(state string) string {
	switch state {
	case "receive", "send", "select": // closechan is too near to the wake to be in the stack
		return "close"
	}
	return "woken"
}

var (
	typeArguments = regexp.MustCompile(`\[[^\]]*\]`)
	anonymous     = regexp.MustCompile(`^(func|gowrap|deferwrap)?\d+$`)
)

// runs names what a goroutine runs: the outermost own function, without the package, and for an
// anonymous one the function that it stands in. One that stands in main says nothing, so the
// function that it calls is better; the same holds for one of the name not.
func (s stack) runs(not ...string) string {
	for _, f := range slices.Backward(s) {
		if !isOwn(f) {
			continue
		}
		name := typeArguments.ReplaceAllString(strings.TrimPrefix(f.Func, "main."), "")
		parts := strings.Split(strings.TrimSuffix(name, "-fm"), ".")
		for len(parts) > 1 && anonymous.MatchString(parts[len(parts)-1]) {
			parts = parts[:len(parts)-1]
		}
		last := parts[len(parts)-1]
		if len(parts) > 1 && strings.HasPrefix(parts[len(parts)-2], "(*") {
			last = strings.Trim(parts[len(parts)-2], "(*)") + "." + last
		}
		if last != instrument.Main && !slices.Contains(not, last) {
			return last
		}
	}
	return unnamed
}

// unnamed is the name of a function that has none.
const unnamed = "func"
