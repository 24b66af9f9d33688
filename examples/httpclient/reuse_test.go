package httpclient

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A body of 64 KB without a length ends one read later: the connection
// serves the next call as well. The bubble's clock stands still while a
// call waits for its socket, so drain has the time that it needs.
func TestDrainKeepsTheConnectionOfAFullBody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var opened atomic.Int32
		srv := httptest.NewUnstartedServer(http.HandlerFunc(
			func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusNotFound)
				fmt.Fprint(w, strings.Repeat("x", 64<<10))
			}))
		srv.Config.ConnState = func(_ net.Conn, state http.ConnState) {
			if state == http.StateNew {
				opened.Add(1)
			}
		}
		srv.Start()
		defer srv.Close()
		for range 3 {
			_, err := Get(t.Context(), srv.Client(), srv.URL)
			assert.Equal(t, &StatusError{http.StatusNotFound}, err)
		}
		assert.EqualValues(t, 1, opened.Load())
	})
}

// Whatever the status, Do returns an answer and no error.
func TestDoReturnsAnyStatus(t *testing.T) {
	srv := serve()
	defer srv.Close()
	for _, code := range []int{204, 304, 404, 500} {
		resp, err := srv.Client().Get(
			fmt.Sprintf("%s/status/%d", srv.URL, code))
		require.NoError(t, err)
		assert.NoError(t, resp.Body.Close())
		assert.Equal(t, code, resp.StatusCode)
	}
}
