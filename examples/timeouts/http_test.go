package timeouts

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// get sends a request, over HTTP/1 or 2, and ends its context, with the
// cause, while the server works on it. It returns the error of the
// request.
func get(t *testing.T, major int, cause error) error {
	ctx, cancel := context.WithCancelCause(t.Context())
	srv := httptest.NewUnstartedServer(http.HandlerFunc(
		func(_ http.ResponseWriter, r *http.Request) {
			assert.Equal(t, major, r.ProtoMajor)
			cancel(cause)
			<-r.Context().Done() // until the client has hung up
		}))
	if srv.EnableHTTP2 = major == 2; srv.EnableHTTP2 {
		srv.StartTLS() // agrees on the version
	} else {
		srv.Start()
	}
	defer srv.Close()
	req, err := http.NewRequestWithContext(
		ctx, http.MethodGet, srv.URL, nil)
	require.NoError(t, err)
	resp, err := srv.Client().Do(req)
	if err == nil {
		resp.Body.Close()
	}
	return err
}

// With a cause of your own, the error of net/http matches the cause and
// no longer context.Canceled. Over HTTP/2 it is the other way round.
func TestAnHTTPErrorIsTheCause(t *testing.T) {
	shutdown := errors.New("shutting down")
	err := get(t, 1, shutdown)
	assert.ErrorIs(t, err, shutdown)
	assert.NotErrorIs(t, err, context.Canceled)

	err = get(t, 1, nil) // no cause
	assert.ErrorIs(t, err, context.Canceled)

	err = get(t, 2, shutdown)
	assert.NotErrorIs(t, err, shutdown)
	assert.ErrorIs(t, err, context.Canceled)
}

// If the cause wraps DeadlineExceeded, errors.Is still sees a timeout.
// The method Timeout of the error does not: it asks the cause itself,
// and not what that wraps.
func TestAnHTTPTimeoutWithACause(t *testing.T) {
	slow := fmt.Errorf("no answer: %w", context.DeadlineExceeded)
	err := get(t, 1, slow)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	failed, ok := errors.AsType[*url.Error](err)
	require.True(t, ok)
	assert.False(t, failed.Timeout())
}

// A server's Read of a body over HTTP/1 holds a lock that Close waits
// for: Close does not wake it, and a deadline does.
func TestCloseDoesNotWakeTheReadOfABody(t *testing.T) {
	woken, limit := make(chan error, 1), make(chan bool, 1)
	srv := httptest.NewServer(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			timer := time.AfterFunc(unit, func() {
				limit <- true
				_ = http.NewResponseController(w).
					SetReadDeadline(time.Unix(1, 0))
			})
			defer timer.Stop()
			go r.Body.Close()
			_, err := r.Body.Read(make([]byte, 1))
			woken <- err
		}))
	defer srv.Close()
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	_, err = io.WriteString(conn, "POST / HTTP/1.1\r\n"+
		"Host: x\r\nContent-Length: 9\r\n\r\n")
	require.NoError(t, err)
	assert.Error(t, <-woken)
	assert.Len(t, limit, 1, "nothing else has woken it")
}
