package cleanup

import (
	"context"
	"errors"
	"fmt"
	"log"
)

func Example() {
	ctx := context.Background()
	conn, err := Connect(ctx, "db")
	if err != nil {
		log.Fatal(err) // nothing to close
	}
	defer Close(ctx, conn, &err)
	fmt.Println("using", conn.addr)
	// Output:
	// connecting to db
	// using db
	// closed db
}

func ExampleAsk() {
	answer, err := Ask(context.Background(), "db", "life")
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println(answer)
	// Output:
	// connecting to db
	// closed db
	// answer to life
}

func ExampleWithConn() {
	ctx := context.Background()
	err := WithConn(ctx, "db",
		func(ctx context.Context, conn *Conn) error {
			answer, err := conn.Query(ctx, "life")
			if err != nil {
				return err
			}
			fmt.Println(answer)
			return nil
		})
	if err != nil {
		fmt.Println("error:", err)
	}
	// Output:
	// connecting to db
	// answer to life
	// closed db
}

func ExampleWithConn_panic() {
	defer func() { fmt.Println("caught:", recover()) }()
	WithConn(context.Background(), "db",
		func(context.Context, *Conn) error { panic("bug") })
	// Output:
	// connecting to db
	// closed db
	// caught: bug
}

func ExampleWithConn_cancelled() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	err := WithConn(ctx, "db",
		func(ctx context.Context, conn *Conn) error {
			cancel() // as a signal or a deadline would
			_, err := conn.Query(ctx, "life")
			return err
		})
	if errors.Is(err, context.Canceled) {
		fmt.Println("cancelled")
	}
	// Output:
	// connecting to db
	// closed db
	// cancelled
}

func ExampleConn_Close() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	conn, err := Connect(ctx, "db")
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	cancel()
	// A context that has ended stays so: every wait under it fails.
	fmt.Println(conn.Close(ctx))
	// Output:
	// connecting to db
	// db left open: context canceled
}

func ExampleWithConn_loop() {
	ctx := context.Background()
	for _, addr := range []string{"north", "south"} {
		// The defer inside WithConn runs at the end of each call.
		err := WithConn(ctx, addr,
			func(context.Context, *Conn) error { return nil })
		if err != nil {
			fmt.Println("error:", err)
		}
	}
	// Output:
	// connecting to north
	// closed north
	// connecting to south
	// closed south
}

func ExampleWithAll() {
	err := WithAll(context.Background(),
		[]string{"north", "south"}, Connect,
		func(_ context.Context, conns []*Conn) error {
			fmt.Println("open:", len(conns))
			return nil
		})
	if err != nil {
		fmt.Println("error:", err)
	}
	// Output:
	// connecting to north
	// connecting to south
	// open: 2
	// closed south
	// closed north
}

var (
	errDamaged     = errors.New("file is damaged")
	errUnconfirmed = errors.New("upload not confirmed")
)

// An upload whose teardown fails.
type upload struct{}

func (upload) Close(context.Context) error { return errUnconfirmed }

func ExampleClose() {
	send := func(ctx context.Context) (err error) {
		defer Close(ctx, upload{}, &err)
		return errDamaged
	}
	err := send(context.Background())
	if errors.Is(err, errDamaged) {
		fmt.Println("the work failed")
	}
	if errors.Is(err, errUnconfirmed) {
		fmt.Println("the teardown failed")
	}
	// Output:
	// the work failed
	// the teardown failed
}
