package rules

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"
)

// brokenVar says, in the environment of a child process, that the tests
// below which have to fail should run.
const brokenVar = "AWAITLESS_RULES_BROKEN"

// broken has a function for each way to break a rule, and the names of
// the checks that have to find it. Whatever else they find of it, is
// beside the point.
var broken = map[string]struct {
	Func
	finds []string
}{
	"late": {Func{Call: func(ctx context.Context, w *Work) error {
		w.Step() // also after the end
		<-ctx.Done()
		return context.Cause(ctx)
	}}, []string{"ended"}},
	"err": {Func{Call: func(ctx context.Context, w *Work) error {
		<-ctx.Done()
		return ctx.Err()
	}}, []string{"ended", "done", "cause"}},
	"ready": {Func{Call: func(ctx context.Context, w *Work) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		ready := make(chan bool, 1)
		ready <- true
		select { // takes either
		case <-ready:
			w.Step()
		case <-ctx.Done():
		}
		<-ctx.Done()
		return context.Cause(ctx)
	}}, []string{"done"}},
	"hasty": {Func{Call: func(ctx context.Context, w *Work) error {
		return errCause
	}}, []string{"cause"}},
	"stalls": {Func{Call: func(ctx context.Context, w *Work) error {
		<-ctx.Done()
		time.Sleep(time.Minute)
		return context.Cause(ctx)
	}, Grace: time.Second}, []string{"cause"}},
	"row": {Func{Jobs: true, Inline: true, Call: func(
		ctx context.Context, w *Work,
	) error {
		err := w.Job(ctx)
		_ = w.Job(ctx) // looks at nothing between the two
		return err
	}}, []string{"ended", "tie"}},
	"hangs": {Func{Jobs: true, Call: func(
		ctx context.Context, w *Work,
	) error {
		errs := make(chan error, 1)
		go func() { errs <- w.Job(ctx) }()
		select {
		case err := <-errs:
			return err
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}}, []string{"exit", "left"}},
	"group": {Func{Jobs: true, Call: func(
		ctx context.Context, w *Work,
	) error {
		var g errgroup.Group
		g.Go(func() error { return w.Job(ctx) })
		return g.Wait()
	}}, []string{"exit", "panic"}},
	"taken": {Func{Jobs: true, Call: func(
		ctx context.Context, w *Work,
	) error {
		return w.Job(ctx) // an exit takes the caller: say Inline
	}}, []string{"exit"}},
	"swallows": {Func{Jobs: true, Inline: true, Call: func(
		ctx context.Context, w *Work,
	) error {
		defer func() { _ = recover() }()
		return w.Job(ctx)
	}}, []string{"panic"}},
	"unguarded": {Func{Jobs: true, Inline: true, Guards: true,
		Call: func(ctx context.Context, w *Work) error {
			return w.Job(ctx)
		}}, []string{"panic"}},
	"nothing": {Func{
		Call: func(ctx context.Context, w *Work) error {
			<-ctx.Done()
			return context.Cause(ctx)
		},
		Nothing: func(context.Context) error { return nil },
	}, []string{"nothing"}},
	"sound": {Sound(func(
		_ context.Context, job func() error,
	) func() error {
		return job
	}), []string{"ended", "exit"}},
	"early": {Sound(func(
		ctx context.Context, job func() error,
	) func() error {
		return func() error {
			if ctx.Err() != nil { // it may end before job begins
				return context.Cause(ctx)
			}
			err := errors.New("exited")
			var wg sync.WaitGroup
			wg.Go(func() { err = job() })
			wg.Wait()
			return err
		}
	}), []string{"begins"}},
}

// TestBroken fails, as TestBrokenIsFound says.
func TestBroken(t *testing.T) {
	if os.Getenv(brokenVar) == "" {
		t.Skip("it fails; TestBrokenIsFound runs it")
	}
	funcs, source := map[string]Func{}, "package x\n\n"+
		"func unlisted(r *http.Request) {}\n"
	for name, b := range broken {
		b.AllOrNothing = "it is broken"
		if name == "late" {
			b.AllOrNothing = ""
		}
		funcs[name] = b.Func
		source += "func " + name +
			"(f func(context.Context), n ...int64) {}\n"
	}
	funcs["none"] = Func{Instant: true, Silent: true,
		Call: func(context.Context, *Work) error { return nil }}
	t.Chdir(t.TempDir())
	err := os.WriteFile("x.go", []byte(source), 0o666)
	require.NoError(t, err)
	Check(t, funcs)
}

// TestBrokenExits fails, and so does TestBrokenPanics.
func TestBrokenExits(t *testing.T) {
	if os.Getenv(brokenVar) == "" {
		t.Skip("it fails; TestBrokenIsFound runs it")
	}
	Exits(t, func(job func()) error {
		var wg sync.WaitGroup
		wg.Go(job)
		wg.Wait()
		return nil
	})
}

func TestBrokenPanics(t *testing.T) {
	if os.Getenv(brokenVar) == "" {
		t.Skip("it fails; TestBrokenIsFound runs it")
	}
	Panics(t, func(job func()) {
		var wg sync.WaitGroup
		wg.Add(1)
		go func() {
			defer wg.Done() // lets the waiter go on
			job()
		}()
		wg.Wait()
		runtime.Gosched()
	})
}

var failed = regexp.MustCompile(`(?m)^ *--- FAIL: (\S+)`)

// TestBrokenIsFound shows that each check can fail: it runs the three
// tests above in a process of its own.
func TestBrokenIsFound(t *testing.T) {
	run := exec.Command(os.Args[0],
		"-test.run=^TestBroken(Exits|Panics)?$")
	run.Env = append(os.Environ(), brokenVar+"=1")
	out, err := run.CombinedOutput()
	require.Error(t, err)
	var found []string
	for _, m := range failed.FindAllStringSubmatch(string(out), -1) {
		found = append(found, m[1])
	}
	for name, b := range broken {
		for _, check := range b.finds {
			assert.Contains(t, found, "TestBroken/"+name+"/"+check)
		}
	}
	assert.Contains(t, found, "TestBrokenExits")
	assert.Contains(t, found, "TestBrokenPanics")
	for _, complaint := range []string{
		"unlisted takes a context and is in no rule test",
		"late: no test of rule 3, and no reason",
		"late: no test of rule 7",
		"no such function",
	} {
		assert.True(t, strings.Contains(string(out), complaint),
			complaint)
	}
}
