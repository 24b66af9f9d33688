//go:build unix

package practices

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// childVar is set in the process that signals are sent to.
const childVar = "PRACTICES_SIGNALS"

// A child is a process inside RunUntilSignal.
type child struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Scanner
}

// startChild starts one whose context is of the given kind.
func startChild(t *testing.T, kind string) *child {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, os.Args[0],
		"-test.run=^TestSignalsChild$")
	cmd.Env = append(os.Environ(), childVar+"="+kind)
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	c := &child{cmd, in, bufio.NewScanner(out)}
	require.Equal(t, "ready", c.line())
	return c
}

// line returns the next line that the child prints, or "" at its end.
func (c *child) line() string {
	c.out.Scan()
	return c.out.Text()
}

// TestSignalsChild is the child: it says what it does, and while it
// cleans up, it echoes what it is told.
func TestSignalsChild(t *testing.T) {
	switch os.Getenv(childVar) {
	case "":
		t.Skip("it is for the tests below")
	case "ended":
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_ = RunUntilSignal(ctx, nil)
		fmt.Println("ready")
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}
	_ = RunUntilSignal(t.Context(), func(ctx context.Context) error {
		fmt.Println("ready")
		<-ctx.Done()
		fmt.Println("cleaning up")
		for in := bufio.NewScanner(os.Stdin); in.Scan(); {
			fmt.Println(in.Text())
		}
		// On a busy machine the last one may be on its way until
		// nobody listens to it. So somebody does, without a gap:
		// signal.Ignore has one, in which a signal ends the process.
		signal.Notify(make(chan os.Signal, 1),
			os.Interrupt, syscall.SIGTERM)
		return nil
	})
	os.Exit(0)
}

// The first signal begins the clean-up. No other one disturbs it.
func TestASecondSignalDoesNothing(t *testing.T) {
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		c := startChild(t, "live")
		require.NoError(t, c.cmd.Process.Signal(s))
		require.Equal(t, "cleaning up", c.line())
		for range 100 { // whenever it may be that it would listen
			require.NoError(t, c.cmd.Process.Signal(s))
			_, _ = fmt.Fprintln(c.in, "still there?")
			require.Equal(t, "still there?", c.line())
		}
		require.NoError(t, c.in.Close())
		assert.NoError(t, c.cmd.Wait())
	}
}

// Other signals do what they always do.
func TestRunUntilSignalHearsNoOther(t *testing.T) {
	// Under nohup it is ignored, and a child takes that over. What is
	// listened to here does in a child what it always does.
	heard := make(chan os.Signal, 1)
	signal.Notify(heard, syscall.SIGHUP)
	defer signal.Stop(heard)
	c := startChild(t, "live")
	require.NoError(t, c.cmd.Process.Signal(syscall.SIGHUP))
	require.NoError(t, c.in.Close())
	assert.Empty(t, c.line(), "the clean-up begins")
	assert.EqualError(t, c.cmd.Wait(), "signal: hangup")
}

// A call that came too late listens to nothing. What ends the process
// is tried in a child; the call here tells the mutants who reaches it.
func TestRunUntilSignalLetsGoOfSignals(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.Equal(t, context.Canceled, RunUntilSignal(ctx, nil))
	c := startChild(t, "ended")
	require.NoError(t, c.cmd.Process.Signal(syscall.SIGTERM))
	assert.EqualError(t, c.cmd.Wait(), "signal: terminated")
}
