package when

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func ExampleLoad() {
	name, orders, err := Load(context.Background(),
		func(context.Context) (string, error) { return "Ada", nil },
		func(context.Context) (int, error) { return 3, nil },
	)
	fmt.Println(name, orders, err)
	// Output:
	// Ada 3 <nil>
}

func ExampleGreet() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello/{name}", Greet)

	// A recorder stands in for the network.
	response := httptest.NewRecorder()
	request := httptest.NewRequest("GET", "/hello/Ada", nil)
	mux.ServeHTTP(response, request)
	fmt.Print(response.Body)
	// Output:
	// hello, Ada
}

func ExampleLines() {
	stream := strings.NewReader("one\ntwo\nthree\nfour\n")
	for line, err := range Lines(stream) {
		if err != nil {
			fmt.Println("error:", err)
			return
		}
		fmt.Println(line)
		if line == "two" {
			break // nobody scans the rest
		}
	}
	// Output:
	// one
	// two
}

func ExampleSizes() {
	_, err := Sizes([]string{"no-such-file"})
	fmt.Println("missing:", errors.Is(err, os.ErrNotExist))
	// Output:
	// missing: true
}

func ExampleWithTempDir() {
	var kept string
	err := WithTempDir(func(dir string) error {
		kept = dir
		return os.WriteFile(filepath.Join(dir, "a"), nil, 0o600)
	})
	fmt.Println("error:", err)
	_, err = os.Stat(kept)
	fmt.Println("gone:", errors.Is(err, os.ErrNotExist))
	// Output:
	// error: <nil>
	// gone: true
}

func ExampleHits() {
	var hits Hits
	hits.Add("home")
	fmt.Println(hits.Add("home"), hits.Add("about"))
	// Output:
	// 2 1
}

// The producer sends and closes; the consumer ranges.
func Example_producerConsumer() {
	jobs := make(chan string, 2) // at most two wait in line
	go func() {
		for _, job := range []string{"wash", "dry", "fold"} {
			jobs <- job
		}
		close(jobs)
	}()
	for job := range jobs {
		fmt.Println(job)
	}
	// Output:
	// wash
	// dry
	// fold
}

func Example_deadline() {
	ctx, cancel := context.WithTimeout(context.Background(),
		100*time.Millisecond)
	defer cancel()
	select {
	case <-time.After(time.Hour): // slow work
		fmt.Println("done")
	case <-ctx.Done():
		fmt.Println(context.Cause(ctx))
	}
	// Output:
	// context deadline exceeded
}

func ExampleFetchAndHash() {
	fetch := func(_ context.Context, url string) ([]byte, error) {
		return []byte("body of " + url), nil
	}
	sums, err := FetchAndHash(context.Background(),
		[]string{"a", "b"}, fetch, sha256.Sum256)
	fmt.Println(len(sums), err)
	fmt.Printf("%x\n", sums[0][:4])
	// Output:
	// 2 <nil>
	// 6d34c9fe
}
