package tasks

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

// A Signup answers each request at once, and sends a mail after that.
type Signup struct {
	// Send must return soon after ctx ends.
	Send  func(ctx context.Context, user string) error
	Log   *slog.Logger
	mails sync.WaitGroup
}

// ServeHTTP welcomes a user, and does not wait for the mail.
func (s *Signup) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// When this handler returns, the context of the request ends. The
	// mail keeps its values, such as the request's id, and not its end.
	ctx := context.WithoutCancel(r.Context())
	user := r.FormValue("user") // r is not for the goroutine
	s.mails.Go(func() {
		ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
		defer cancel()
		// Nobody will ask for this error. Say it here.
		if err := s.Send(ctx, user); err != nil {
			s.Log.ErrorContext(ctx, "no mail", "to", user, "error", err)
		}
	})
	fmt.Fprintln(w, "welcome,", user)
}

// Wait returns when the last mail has been sent or given up, after 30
// seconds at most. Call it when no handler runs any more.
func (s *Signup) Wait() { s.mails.Wait() }
