package main

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/exec"
	"testing"
)

// The test program is its own worker, and the child of its worker.
func TestMain(m *testing.M) {
	switch address := os.Getenv("HOLD"); {
	case len(os.Args) != 2 || address == "":
		os.Exit(m.Run())
	case os.Args[1] == "parent":
		child := exec.Command(os.Args[0], "child")
		child.Stdout = os.Stdout // holds the output open
		child.Run()
	case os.Args[1] == "leaver":
		child := exec.Command(os.Args[0], "child")
		child.Stdout = os.Stdout
		if err := child.Start(); err != nil {
			panic(err)
		}
		os.Stdout.WriteString("done\n") // and exit 0
	default:
		conn, err := net.Dial("tcp", address)
		if err != nil {
			panic(err)
		}
		io.Copy(io.Discard, conn) // until the test has ended
	}
}

// The job has started a process that lives until this test ends. Its
// caller goes away before.
func TestIsolatedGivesUp(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOLD", listener.Addr().String())
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := isolated(ctx, "parent")
		ended <- err
	}()
	conn, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close() // ends the child
	cancel(gone)
	if err := <-ended; err != gone {
		t.Error(err)
	}
}

// The job is done, and leaves a process behind that holds its output.
func TestIsolatedKeepsTheOutput(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOLD", listener.Addr().String())
	out, err := isolated(t.Context(), "leaver")
	if out != "done\n" || err != nil {
		t.Error(out, err)
	}
	conn, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	conn.Close() // ends the child
}

func TestIsolatedBeginsNothingTooLate(t *testing.T) {
	gone := errors.New("caller is gone")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(gone)
	if _, err := isolated(ctx, "good"); err != gone {
		t.Error(err)
	}
}

// endsWhenAsked is a context that ends at the first look at it.
type endsWhenAsked struct {
	context.Context
	end func()
}

func (c endsWhenAsked) Err() error {
	c.end()
	return c.Context.Err()
}

// The job is done before its caller goes away: what it printed counts.
func TestIsolatedKeepsWhatCameBeforeTheEnd(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("HOLD", listener.Addr().String())
	ctx, cancel := context.WithCancel(t.Context())
	late := endsWhenAsked{ctx, cancel} // asked when Output is back
	out, err := isolated(late, "leaver")
	if out != "done\n" || err != nil {
		t.Error(out, err)
	}
	conn, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	conn.Close() // ends the child
}
