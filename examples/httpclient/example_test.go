package httpclient

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"time"

	"golang.org/x/time/rate"
)

// serve starts a server on this machine.
func serve() *httptest.Server {
	pages := http.NewServeMux()
	pages.HandleFunc("GET /{name}",
		func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, "page ", r.PathValue("name"))
		})
	pages.HandleFunc("GET /status/{code}",
		func(w http.ResponseWriter, r *http.Request) {
			code, _ := strconv.Atoi(r.PathValue("code"))
			w.WriteHeader(code)
		})
	pages.HandleFunc("GET /large",
		func(w http.ResponseWriter, r *http.Request) {
			w.Write(make([]byte, 2*MaxPage))
		})
	pages.HandleFunc("GET /slow",
		func(w http.ResponseWriter, r *http.Request) {
			<-r.Context().Done() // never answers
		})
	return httptest.NewServer(pages)
}

func show(ctx context.Context, url string) error {
	page, err := Get(ctx, Client, url) // a status is an error, too
	if err != nil {
		return fmt.Errorf("fetch %s: %w", url, err)
	}
	fmt.Println(page)
	return nil
}

func Example() {
	srv := serve()
	defer srv.Close()
	err := show(context.Background(), srv.URL+"/1")
	if err != nil {
		fmt.Println("error:", err)
	}
	// Output:
	// page 1
}

func ExampleFetchAll() {
	srv := serve()
	defer srv.Close()
	urls := []string{srv.URL + "/1", srv.URL + "/2", srv.URL + "/3"}
	pages, err := FetchAll(context.Background(), srv.Client(), urls)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	for _, page := range pages {
		fmt.Println(page)
	}
	// Output:
	// page 1
	// page 2
	// page 3
}

func ExampleGet_status() {
	srv := serve()
	defer srv.Close()
	ctx := context.Background()
	for _, code := range []string{"500", "304", "204"} {
		_, err := Get(ctx, srv.Client(), srv.URL+"/status/"+code)
		if status, ok := errors.AsType[*StatusError](err); ok {
			fmt.Println("status:", status.Code)
		}
	}
	// Output:
	// status: 500
	// status: 304
	// status: 204
}

func ExampleGet_timeout() {
	srv := serve()
	defer srv.Close()
	client := srv.Client()
	client.Timeout = 100 * time.Millisecond
	_, err := Get(context.Background(), client, srv.URL+"/slow")
	if errors.Is(err, context.DeadlineExceeded) {
		fmt.Println("timed out")
	}
	// Output:
	// timed out
}

func ExampleGet_large() {
	srv := serve()
	defer srv.Close()
	ctx := context.Background()
	_, err := Get(ctx, srv.Client(), srv.URL+"/large")
	fmt.Println(err)
	// Output:
	// page too large
}

func ExampleThrottle() {
	srv := serve()
	defer srv.Close()
	// Ten tokens per second, and no more than one saved up.
	client := srv.Client()
	client.Transport = &Throttle{
		Limiter: rate.NewLimiter(10, 1),
		Next:    client.Transport,
	}
	urls := []string{srv.URL + "/1", srv.URL + "/2", srv.URL + "/3"}
	start := time.Now()
	pages, err := FetchAll(context.Background(), client, urls)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println("fetched:", len(pages))
	if time.Since(start) > 150*time.Millisecond {
		fmt.Println("not all at once")
	}
	// Output:
	// fetched: 3
	// not all at once
}
