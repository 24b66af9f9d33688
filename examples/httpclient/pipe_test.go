package httpclient

import (
	"context"
	"net"
	"net/http"
	"sync"
	"testing"
)

// memory is a listener whose connections never leave the process. A
// bubble's clock stands still while a goroutine waits for a real
// socket; it runs on while one waits for net.Pipe.
type memory struct {
	conns  chan net.Conn
	closed chan struct{}
	close  func()
}

// serveMemory runs handler on a server in memory until the test ends,
// and returns a client that reaches nothing else.
func serveMemory(t *testing.T, handler http.HandlerFunc) *http.Client {
	return serveOver(t, nil, handler) // as both speak by default
}

// serveOver is serveMemory with a choice of protocols.
func serveOver(
	t *testing.T, speak *http.Protocols, handler http.HandlerFunc,
) *http.Client {
	closed := make(chan struct{})
	listener := &memory{make(chan net.Conn), closed,
		sync.OnceFunc(func() { close(closed) })}
	server := &http.Server{Handler: handler, Protocols: speak}
	go server.Serve(listener)
	transport := &http.Transport{
		DialContext: listener.dial, Protocols: speak,
	}
	t.Cleanup(func() {
		transport.CloseIdleConnections()
		server.Close()
	})
	return &http.Client{Transport: transport}
}

func (m *memory) dial(
	ctx context.Context, _, _ string,
) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case m.conns <- theirs:
		return ours, nil
	case <-m.closed: // nobody will accept it
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (m *memory) Accept() (net.Conn, error) {
	select {
	case conn := <-m.conns:
		return conn, nil
	case <-m.closed:
		return nil, net.ErrClosed
	}
}

func (m *memory) Close() error {
	m.close()
	return nil
}

func (m *memory) Addr() net.Addr { return &net.UnixAddr{} }
