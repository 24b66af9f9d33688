package when

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
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
	"go.uber.org/goleak"
)

// After the last test and Example, no goroutine may be left.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// The failure of one stops the other, which would take an hour.
func TestLoadStopsTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := errors.New("connection refused")
		start := time.Now()
		_, _, err := Load(t.Context(),
			func(ctx context.Context) (string, error) {
				select {
				case <-time.After(time.Hour):
					return "Ada", nil
				case <-ctx.Done():
					return "", context.Cause(ctx)
				}
			},
			func(context.Context) (int, error) { return 0, refused },
		)
		assert.ErrorIs(t, err, refused)
		assert.Zero(t, time.Since(start))
	})
}

// When the context of its request ends, Greet returns at once.
func TestGreetStopsWithTheClient(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, hangUp := context.WithCancel(t.Context())
		hangUp()
		start := time.Now()
		response := httptest.NewRecorder()
		request := httptest.NewRequestWithContext(ctx, "GET", "/", nil)
		Greet(response, request)
		assert.Zero(t, time.Since(start))
		assert.Empty(t, response.Body.String())
	})
}

// The server ends the context of a request whose client goes away, as
// soon as the body has been read.
func TestTheServerEndsTheContext(t *testing.T) {
	began, ended := make(chan bool), make(chan error)
	server := httptest.NewServer(http.HandlerFunc(
		func(_ http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			assert.NoError(t, err)
			assert.Equal(t, "hello", string(body))
			close(began)
			<-r.Context().Done()
			ended <- r.Context().Err()
		}))
	defer server.Close()
	ctx, hangUp := context.WithCancel(t.Context())
	request, err := http.NewRequestWithContext(ctx, "POST",
		server.URL, strings.NewReader("hello"))
	require.NoError(t, err)
	go func() {
		_, err := server.Client().Do(request)
		assert.ErrorIs(t, err, context.Canceled)
		ended <- nil
	}()
	<-began
	hangUp()
	first, second := <-ended, <-ended
	assert.ErrorIs(t, errors.Join(first, second), context.Canceled)
}

func TestLinesReportsTheReadError(t *testing.T) {
	broken := errors.New("broken pipe")
	stream := io.MultiReader(strings.NewReader("one\ntw"),
		iotest.ErrReader(broken))
	var lines []string
	var last error
	for line, err := range Lines(stream) {
		lines, last = append(lines, line), err
	}
	assert.Equal(t, []string{"one", "tw", ""}, lines)
	assert.ErrorIs(t, last, broken)
}

// The longest line that fits is one byte short of 64 KB. The "\r" of
// its end counts, although Lines cuts it off; the "\n" does not.
func TestLinesRefusesALineTooLong(t *testing.T) {
	for _, end := range []string{"", "\n", "\r\n"} {
		for _, size := range []int{65_534, 65_535, 65_536} {
			long := strings.Repeat("x", size)
			from := strings.NewReader(long + end)
			next, stop := iter.Pull2(Lines(from))
			line, err, ok := next()
			stop()
			require.True(t, ok)
			if size+strings.Count(end, "\r") < 64<<10 {
				require.NoError(t, err)
				assert.Equal(t, len(long), len(line))
				continue
			}
			assert.Equal(t, bufio.ErrTooLong, err, "%d %q", size, end)
			assert.Empty(t, line)
		}
	}
}

// After an error, another loop meets it again. The head of a line that
// is too long is no line.
func TestLinesEndsWithItsError(t *testing.T) {
	long := strings.Repeat("x", 64<<10)
	lines := Lines(strings.NewReader("one\n" + long + "\ntwo\n"))
	for _, want := range [][]string{{"one", ""}, {""}, {""}} {
		var got []string
		var last error
		for line, err := range lines {
			got, last = append(got, line), err
		}
		assert.Equal(t, bufio.ErrTooLong, last)
		require.Equal(t, want, got)
	}
}

// After a break, another loop goes on with the line that comes next,
// which the first one has read ahead already.
func TestLinesGoesOnInTheNextLoop(t *testing.T) {
	lines := Lines(strings.NewReader("one\ntwo\nthree\n"))
	for line := range lines {
		assert.Equal(t, "one", line)
		break
	}
	var rest []string
	for line, err := range lines {
		assert.NoError(t, err)
		rest = append(rest, line)
	}
	assert.Equal(t, []string{"two", "three"}, rest)
}

func TestSizesKeepsTheOrder(t *testing.T) {
	dir := t.TempDir()
	var names []string
	for i, name := range []string{"none", "one", "two"} {
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, make([]byte, i), 0o600))
		names = append(names, file)
	}
	sizes, err := Sizes(names)
	require.NoError(t, err)
	assert.Equal(t, []int64{0, 1, 2}, sizes)

	// What it could get stands beside the error.
	names[1] = filepath.Join(dir, "missing")
	sizes, err = Sizes(names)
	assert.ErrorIs(t, err, os.ErrNotExist)
	assert.Equal(t, []int64{0, 0, 2}, sizes)
}

// A hundred goroutines count at the same time; none is lost.
func TestHitsLosesNone(t *testing.T) {
	var hits Hits
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() { hits.Add("home") })
	}
	wg.Wait()
	assert.Equal(t, 101, hits.Add("home"))
}

func TestFetchAndHashKeepsTheOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		urls := []string{"c", "a", "b"}
		start := time.Now()
		sums, err := FetchAndHash(t.Context(), urls,
			func(_ context.Context, url string) ([]byte, error) {
				time.Sleep(time.Second)
				return []byte(url), nil
			}, sha256.Sum256)
		require.NoError(t, err)
		assert.Equal(t, time.Second, time.Since(start))
		for i, url := range urls {
			assert.Equal(t, sha256.Sum256([]byte(url)), sums[i])
		}
	})
}

// Twenty fetch at a time, and never more.
func TestFetchAndHashLimitsItsFetches(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var inside sync.WaitGroup
		var begun atomic.Int32
		inside.Add(1)
		fetch := func(context.Context, string) ([]byte, error) {
			begun.Add(1)
			inside.Wait()
			return nil, nil
		}
		time.AfterFunc(time.Second, func() {
			assert.EqualValues(t, 20, begun.Load())
			inside.Done()
		})
		_, err := FetchAndHash(t.Context(), make([]string, 40), fetch,
			sha256.Sum256)
		require.NoError(t, err)
		assert.EqualValues(t, 40, begun.Load())
	})
}

// One fetch fails and ends the others, which would wait for ever. No
// other one begins.
func TestFetchAndHashStopsAtAnError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := errors.New("connection refused")
		urls := make([]string, 40)
		urls[0] = "a"
		var begun atomic.Int32
		_, err := FetchAndHash(t.Context(), urls,
			func(ctx context.Context, url string) ([]byte, error) {
				begun.Add(1)
				if url == "a" {
					time.Sleep(time.Second)
					return nil, refused
				}
				<-ctx.Done()
				return nil, context.Cause(ctx)
			}, sha256.Sum256)
		assert.ErrorIs(t, err, refused)
		assert.EqualValues(t, 20, begun.Load())
	})
}

// As many hash at a time as there are processors, and never more.
func TestFetchAndHashLimitsItsHashes(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(6))
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		_, err := FetchAndHash(t.Context(), make([]string, 12),
			func(context.Context, string) ([]byte, error) {
				return nil, nil
			},
			func([]byte) [32]byte {
				time.Sleep(time.Second)
				return [32]byte{}
			})
		require.NoError(t, err)
		assert.Equal(t, 2*time.Second, time.Since(start))
	})
}

// The only processor is busy when the context ends. A hash that waits
// for it gives up and returns the cause; finished ones are kept.
func TestFetchAndHashWaitsNoLonger(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("caller is gone")
		ctx, cancel := context.WithCancelCause(t.Context())
		time.AfterFunc(time.Second, func() { cancel(gone) })
		var hashed atomic.Int32
		sums, err := FetchAndHash(ctx, make([]string, 5),
			func(context.Context, string) ([]byte, error) {
				return nil, nil
			},
			func([]byte) [32]byte {
				hashed.Add(1)
				time.Sleep(2 * time.Second)
				return [32]byte{1}
			})
		assert.Equal(t, gone, err)
		assert.EqualValues(t, 1, hashed.Load())
		assert.Contains(t, sums, [32]byte{1})
	})
}
