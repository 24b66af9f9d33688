package when

import (
	"context"
	"crypto/sha256"
	"errors"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// The failure of either one is Load's.
func TestLoadReturnsEitherError(t *testing.T) {
	unknown := errors.New("unknown user")
	_, _, err := Load(t.Context(),
		func(context.Context) (string, error) { return "", unknown },
		func(context.Context) (int, error) { return 1, nil },
	)
	assert.ErrorIs(t, err, unknown)
}

// A database that takes 100 ms, and no longer.
func TestGreetTakesATenthOfASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		response := httptest.NewRecorder()
		Greet(response, httptest.NewRequest("GET", "/", nil))
		assert.Equal(t, 100*time.Millisecond, time.Since(start))
	})
}

// A stream that ends well has no error at its end, not even a nil one.
func TestLinesYieldsNothingAfterTheLast(t *testing.T) {
	var all []string
	for line, err := range Lines(strings.NewReader("a\nb\n")) {
		assert.NoError(t, err)
		all = append(all, line)
	}
	assert.Equal(t, []string{"a", "b"}, all)
}

// FetchAndHash asks for the number of processors; it does not set it.
func TestFetchAndHashLeavesTheProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(3))
	_, err := FetchAndHash(t.Context(), []string{"a"},
		func(context.Context, string) ([]byte, error) {
			return nil, nil
		}, sha256.Sum256)
	assert.NoError(t, err)
	assert.Equal(t, 3, runtime.GOMAXPROCS(0))
}

// A hash that exits is no sum.
func TestFetchAndHashSaysThatAHashExited(t *testing.T) {
	_, err := FetchAndHash(t.Context(), []string{"a", "b"},
		func(context.Context, string) ([]byte, error) {
			return nil, nil
		},
		func([]byte) (sum [32]byte) { runtime.Goexit(); return sum })
	assert.Equal(t, ErrExited, err)
}

// The answer is there when the client goes away: nobody reads it.
func TestGreetAnswersNobody(t *testing.T) {
	for range 100 {
		synctest.Test(t, func(t *testing.T) {
			ctx, hangUp := context.WithCancel(t.Context())
			response := httptest.NewRecorder()
			request := httptest.NewRequestWithContext(
				endsLate{ctx, hangUp}, "GET", "/", nil)
			Greet(response, request)
			assert.Empty(t, response.Body.String())
		})
	}
}

// endsLate is a context that ends, some time later, in Done.
type endsLate struct {
	context.Context
	end func()
}

func (c endsLate) Done() <-chan struct{} {
	time.Sleep(time.Second) // by then, the answer is ready as well
	c.end()
	return c.Context.Done()
}
