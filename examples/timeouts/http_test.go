package timeouts

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// get sends a request and ends its context, with the cause, while the
// server works on it. It returns the error of the request.
func get(t *testing.T, cause error) error {
	ctx, cancel := context.WithCancelCause(t.Context())
	srv := httptest.NewServer(http.HandlerFunc(
		func(_ http.ResponseWriter, r *http.Request) {
			cancel(cause)
			<-r.Context().Done() // until the client has hung up
		}))
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
// no longer context.Canceled.
func TestAnHTTPErrorIsTheCause(t *testing.T) {
	shutdown := errors.New("shutting down")
	err := get(t, shutdown)
	assert.ErrorIs(t, err, shutdown)
	assert.NotErrorIs(t, err, context.Canceled)

	err = get(t, nil) // no cause
	assert.ErrorIs(t, err, context.Canceled)
}

// If the cause wraps DeadlineExceeded, errors.Is still sees a timeout.
// The method Timeout of the error does not: it asks the cause itself,
// and not what that wraps.
func TestAnHTTPTimeoutWithACause(t *testing.T) {
	slow := fmt.Errorf("no answer: %w", context.DeadlineExceeded)
	err := get(t, slow)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	failed, ok := errors.AsType[*url.Error](err)
	require.True(t, ok)
	assert.False(t, failed.Timeout())
}
