package when

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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

// The user fails, or the caller goes. The orders come an hour after
// that, and Load has waited for them.
func TestLoadWaitsForTheOther(t *testing.T) {
	unknown := errors.New("unknown user")
	for _, failure := range []error{unknown, nil} {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			_, count, err := Load(ctx,
				func(context.Context) (string, error) {
					time.Sleep(time.Second)
					if failure == nil {
						cancel()
					}
					return "Ada", failure
				},
				func(ctx context.Context) (int, error) {
					<-ctx.Done()
					time.Sleep(time.Hour)
					return 3, nil
				})
			assert.Equal(t, failure, err)
			assert.Equal(t, 3, count)
			cancel()
		})
	}
}

// A database that takes 100 ms, and no longer: of two requests, neither
// waits for the other.
func TestGreetTakesATenthOfASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		var both sync.WaitGroup
		for range 2 {
			both.Go(func() {
				Greet(httptest.NewRecorder(),
					httptest.NewRequest("GET", "/", nil))
			})
		}
		both.Wait()
		assert.Equal(t, 100*time.Millisecond, time.Since(start))
	})
}

// In HTTP/2 the server tells a handler that has read nothing, too.
func TestTheServerEndsTheContextOfHTTP2(t *testing.T) {
	began, ended := make(chan bool), make(chan error, 1)
	server := httptest.NewUnstartedServer(http.HandlerFunc(
		func(_ http.ResponseWriter, r *http.Request) {
			assert.Equal(t, 2, r.ProtoMajor)
			close(began)
			<-r.Context().Done()
			ended <- r.Context().Err()
		}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	ctx, hangUp := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, "POST",
		server.URL, strings.NewReader("hello"))
	require.NoError(t, err)
	var client sync.WaitGroup
	client.Go(func() {
		_, err := server.Client().Do(request)
		assert.ErrorIs(t, err, context.Canceled)
	})
	<-began
	hangUp()
	assert.ErrorIs(t, <-ended, context.Canceled)
	client.Wait()
}

// A stream that ends well has no error at its end, not even a nil one.
// An empty line is a line, and spaces belong to it.
func TestLinesYieldsNothingAfterTheLast(t *testing.T) {
	var all []string
	for line, err := range Lines(strings.NewReader("a\n\n b \n")) {
		assert.NoError(t, err)
		all = append(all, line)
	}
	assert.Equal(t, []string{"a", "", " b "}, all)
}

// After a break, Lines does nothing more: it neither reads what may
// never come, nor yields the error that it has met.
func TestLinesStopsAtABreak(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		never, _ := io.Pipe()
		broken := iotest.ErrReader(errors.New("broken pipe"))
		for _, stream := range []io.Reader{
			io.MultiReader(strings.NewReader("one\n"), never),
			io.MultiReader(strings.NewReader("one"), broken),
		} {
			for line, err := range Lines(stream) {
				assert.NoError(t, err)
				assert.Equal(t, "one", line)
				break
			}
		}
	})
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

// The hashes take a minute. Until they are there, their urls keep their
// places, and no more bodies than 20 are held.
func TestFetchAndHashKeepsItsPlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var fetched atomic.Int32
		time.AfterFunc(time.Second, func() {
			assert.EqualValues(t, 20, fetched.Load())
		})
		_, err := FetchAndHash(t.Context(), make([]string, 40),
			func(context.Context, string) ([]byte, error) {
				fetched.Add(1)
				return nil, nil
			},
			func([]byte) (sum [32]byte) {
				time.Sleep(time.Minute)
				return sum
			})
		assert.NoError(t, err)
	})
}

func TestNothingToDo(t *testing.T) {
	sums, err := FetchAndHash(t.Context(), nil, nil, nil)
	assert.NoError(t, err)
	assert.Empty(t, sums)
	sizes, err := Sizes(nil)
	assert.NoError(t, err)
	assert.Empty(t, sizes)
}

// Whoever looks at the sums beside an error finds a place for each url,
// also when none has begun.
func TestFetchAndHashHasAPlaceForEachUrl(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sums, err := FetchAndHash(ctx, []string{"a", "b"}, nil, nil)
	assert.Equal(t, context.Canceled, err)
	assert.Len(t, sums, 2)
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
