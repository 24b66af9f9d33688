package httpclient

import (
	"net/http"

	"golang.org/x/time/rate"
)

// A Throttle is a transport that starts requests no faster than its
// Limiter allows, whichever goroutine they come from. A redirect is a
// request of its own.
type Throttle struct {
	Limiter *rate.Limiter
	Next    http.RoundTripper // sends the requests
}

// RoundTrip waits for a token and sends the request. It fails, and
// sends nothing, when the context of the request ends first; when its
// deadline would come first, it fails at once.
func (t *Throttle) RoundTrip(
	req *http.Request,
) (*http.Response, error) {
	if err := t.Limiter.Wait(req.Context()); err != nil {
		// A RoundTripper closes the body, even of what it never sent.
		if req.Body != nil {
			req.Body.Close()
		}
		return nil, err
	}
	return t.Next.RoundTrip(req)
}
