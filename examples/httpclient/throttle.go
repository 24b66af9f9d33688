package httpclient

import (
	"cmp"
	"context"
	"net/http"

	"golang.org/x/time/rate"
)

// A Throttle is a transport that starts requests no faster than its
// Limiter allows, whichever goroutine they come from. A redirect is a
// request of its own. A retry inside Next, after a connection broke, is
// not.
type Throttle struct {
	Limiter *rate.Limiter     // not nil
	Next    http.RoundTripper // nil is http.DefaultTransport
}

// RoundTrip waits for a token and sends the request. It fails, and
// sends nothing, when the context of the request ends first; when its
// deadline would come first, it fails at once.
func (t *Throttle) RoundTrip(
	req *http.Request,
) (*http.Response, error) {
	ctx := req.Context()
	err := t.Limiter.Wait(ctx)
	if ctx.Err() != nil {
		// Wait returns ctx.Err, or nil if the token came just then.
		err = context.Cause(ctx)
	}
	if err != nil {
		// A RoundTripper closes the body, even of what it never sent.
		if req.Body != nil {
			req.Body.Close()
		}
		return nil, err
	}
	return cmp.Or(t.Next, http.DefaultTransport).RoundTrip(req)
}

// CloseIdleConnections lets the method of http.Client reach Next. A
// client whose transport has no such method does nothing.
func (t *Throttle) CloseIdleConnections() {
	(&http.Client{Transport: t.Next}).CloseIdleConnections()
}
