package tasks

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rules"
)

// signUp has s answer one request of ann's, and returns the answer.
func signUp(ctx context.Context, s *Signup) string {
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, httptest.NewRequestWithContext(
		ctx, "POST", "/?user=ann", nil))
	return answer.Body.String()
}

// signUpWith tries the handler with the job of a rule.
func signUpWith(ctx context.Context, w *rules.Work) error {
	s := &Signup{
		Log: slog.New(slog.DiscardHandler),
		Send: func(ctx context.Context, _ string) error {
			return w.Job(ctx)
		},
	}
	signUp(ctx, s)
	s.Wait()
	return nil
}

// A real server ends the context of a request when its handler has
// returned. The mail goes on, with the values of that context.
func TestMailOutlivesItsRequest(t *testing.T) {
	type key struct{}
	request := make(chan context.Context, 1)
	s := &Signup{Send: func(ctx context.Context, user string) error {
		of := <-request
		<-of.Done()
		assert.ErrorIs(t, of.Err(), context.Canceled)
		assert.NoError(t, ctx.Err())
		assert.Equal(t, "request 7", ctx.Value(key{}))
		assert.Equal(t, "ann", user)
		return nil
	}}
	srv := httptest.NewServer(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			ctx := context.WithValue(r.Context(), key{}, "request 7")
			request <- ctx
			s.ServeHTTP(w, r.WithContext(ctx))
		}))
	defer srv.Close()
	answer, err := srv.Client().Post(srv.URL+"?user=ann", "", nil)
	require.NoError(t, err)
	assert.NoError(t, answer.Body.Close())
	s.Wait()
}

// The answer takes no time. Shutdown waits for the mail, which takes a
// second.
func TestShutdownWaitsForTheMail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		s := &Signup{Send: func(context.Context, string) error {
			time.Sleep(time.Second)
			return nil
		}}
		assert.Equal(t, "welcome, ann\n", signUp(t.Context(), s))
		assert.Zero(t, time.Since(start), "the answer waits")
		s.Wait()
		assert.Equal(t, time.Second, time.Since(start))
	})
}

// A Shutdown whose context ends leaves a handler running, which adds a
// mail when Wait has returned.
func TestAShutdownThatGivesUpLeavesHandlers(t *testing.T) {
	mails := make(chan string, 1)
	s := &Signup{Send: func(_ context.Context, user string) error {
		mails <- user
		return nil
	}}
	begun, release := make(chan struct{}), make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(
		func(w http.ResponseWriter, r *http.Request) {
			close(begun)
			<-release
			s.ServeHTTP(w, r)
		}))
	answered := make(chan error, 1)
	go func() {
		answer, err := srv.Client().Post(srv.URL+"?user=ann", "", nil)
		if err == nil {
			err = answer.Body.Close()
		}
		answered <- err
	}()
	<-begun
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.ErrorIs(t, srv.Config.Shutdown(ctx), context.Canceled)
	s.Wait()
	assert.Empty(t, mails)

	close(release)
	assert.NoError(t, <-answered)
	srv.Close()
	s.Wait()
	require.Len(t, mails, 1)
	assert.Equal(t, "ann", <-mails)
}

// A Send that exits ends its mail: nothing waits for the limit.
func TestMailThatExitsIsOver(t *testing.T) {
	var mail context.Context
	s := &Signup{Send: func(ctx context.Context, _ string) error {
		mail = ctx
		runtime.Goexit()
		return nil
	}}
	signUp(t.Context(), s)
	s.Wait()
	assert.ErrorIs(t, mail.Err(), context.Canceled)
}

// contexts is a log that keeps the context of its last line.
type contexts struct {
	slog.Handler
	last context.Context
}

func (c *contexts) Handle(ctx context.Context, _ slog.Record) error {
	c.last = ctx
	return nil
}

// What the log says of a mail carries the values of its request.
func TestLogKnowsTheRequest(t *testing.T) {
	type key struct{}
	lines := &contexts{Handler: slog.Default().Handler()}
	s := &Signup{
		Log: slog.New(lines),
		Send: func(context.Context, string) error {
			return errors.New("refused")
		},
	}
	signUp(context.WithValue(t.Context(), key{}, "request 7"), s)
	s.Wait()
	assert.Equal(t, "request 7", lines.last.Value(key{}))
}

// A mail that never gets through ends after 30 seconds, and the log
// says so.
func TestMailHasALimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var text bytes.Buffer
		start := time.Now()
		s := &Signup{
			Log: slog.New(slog.NewTextHandler(&text, nil)),
			Send: func(ctx context.Context, _ string) error {
				<-ctx.Done()
				return ctx.Err()
			},
		}
		signUp(t.Context(), s)
		s.Wait()
		assert.Equal(t, 30*time.Second, time.Since(start))
		assert.Contains(t, text.String(), `msg="no mail" to=ann `+
			`error="context deadline exceeded"`)
	})
}
