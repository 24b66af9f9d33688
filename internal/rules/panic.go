package rules

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// panicVar names, in the environment of a child process, the function
// whose job panics.
const panicVar = "AWAITLESS_RULES_PANIC"

const (
	wentOn  = "somebody went on"
	message = "a job panics for rule 6"
)

// over is closed when somebody has gone on after a panic.
var over = make(chan struct{})

// aPanic is a panic value that takes its time. The runtime asks for the
// message when all deferred calls have run, and before it ends the
// program: whoever can go on then, does.
type aPanic struct{}

func (aPanic) Error() string {
	select {
	case <-over:
	case <-time.After(50 * time.Millisecond): // nobody can
	}
	return message
}

// tryPanic calls the function that the environment names, if it does,
// with jobs that panic. It is all that such a process is for.
func tryPanic(funcs map[string]Func) bool {
	name := os.Getenv(panicVar)
	if name == "" {
		return false
	}
	f, ok := funcs[name]
	if !ok {
		return true // it is for Panics, further down in the test
	}
	goOn(f.Call(context.Background(), &Work{mode: panics}))
	return true
}

// goOn ends a process whose panic did not end it first.
func goOn(err error) {
	fmt.Println(wentOn, err)
	close(over)
	os.Exit(0)
}

// Panics tries the first half of rule 6 on a function that takes no
// context: call calls it, so that it runs job.
func Panics(t *testing.T, call func(job func())) {
	t.Helper()
	switch os.Getenv(panicVar) {
	case "":
		Func{}.panics(t, t.Name())
	case t.Name():
		call(func() { panic(aPanic{}) })
		goOn(nil)
	}
}

// Exits tries the second half of rule 6 on a function that takes no
// context: call calls it, so that it runs job, and returns its error.
func Exits(t *testing.T, call func(job func()) error) {
	t.Helper()
	if os.Getenv(panicVar) != "" {
		return
	}
	synctest.Test(t, func(t *testing.T) {
		assert.Error(t, call(runtime.Goexit),
			"a job that exits is no success")
	})
}

// panics tries the first half of rule 6, in a process of its own.
func (f Func) panics(t *testing.T, name string) {
	run := exec.Command(os.Args[0], "-test.run=^"+t.Name()[:root(t)]+"$")
	run.Env = append(os.Environ(), panicVar+"="+name)
	var out, errs bytes.Buffer
	run.Stdout, run.Stderr = &out, &errs
	err := run.Run()
	if f.Guards {
		assert.NoError(t, err, errs.String())
		assert.Contains(t, out.String(), wentOn)
		return
	}
	assert.NotContains(t, out.String(), wentOn)
	assert.Contains(t, errs.String(), message)
	var exit *exec.ExitError
	if assert.True(t, errors.As(err, &exit), "the program goes on") {
		assert.Equal(t, 2, exit.ExitCode())
	}
}

// root is the length of the name of the test that called Check.
func root(t *testing.T) int {
	for i, c := range t.Name() {
		if c == '/' {
			return i
		}
	}
	return len(t.Name())
}
