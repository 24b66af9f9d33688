package tasks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http/httptest"
	"os"
	"sync"
	"time"
)

// process is Process for item, as a job that a task can run.
func process(
	item string, delay time.Duration,
) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		return Process(ctx, item, delay)
	}
}

func Example() {
	ctx := context.Background()
	var value string
	var err error
	var task sync.WaitGroup
	task.Go(func() { value, err = Process(ctx, "A", time.Second) })
	fmt.Println("other work")
	task.Wait() // from here on, value and err are yours
	fmt.Println(value, err)
	// Output:
	// other work
	// processed A <nil>
}

func ExampleProcess() {
	ctx := context.Background()
	var a, b, c string
	var errA, errB, errC error
	var tasks sync.WaitGroup
	// Each goroutine writes its own variables, so no lock is needed.
	tasks.Go(func() {
		a, errA = Process(ctx, "A", 300*time.Millisecond)
	})
	tasks.Go(func() {
		b, errB = Process(ctx, "B", 100*time.Millisecond)
	})
	tasks.Go(func() {
		c, errC = Process(ctx, "C", 200*time.Millisecond)
	})
	fmt.Println("tasks started")

	// Until Wait returns, the variables belong to the goroutines.
	tasks.Wait()
	if err := errors.Join(errA, errB, errC); err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println(a)
	fmt.Println(b)
	fmt.Println(c)
	// Output:
	// tasks started
	// processed A
	// processed B
	// processed C
}

func ExampleStart() {
	ctx := context.Background()
	a := Start(ctx, process("A", 200*time.Millisecond))
	b := Start(ctx, process("B", 100*time.Millisecond))
	fmt.Println("other work")

	// B has been ready for 100 ms when A is. Its outcome has waited.
	outcomeA, outcomeB := <-a, <-b
	err := errors.Join(outcomeA.Err, outcomeB.Err)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println(outcomeA.Value)
	fmt.Println(outcomeB.Value)
	// Output:
	// other work
	// processed A
	// processed B
}

func ExampleSpawn() {
	ctx := context.Background()
	task := Spawn(ctx, "resize-images",
		func(ctx context.Context) (string, error) {
			fmt.Println("working as", NameOf(ctx))
			return Process(ctx, "images", 100*time.Millisecond)
		})

	value, err := task.Wait(ctx)
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	fmt.Println(value)
	// Output:
	// working as resize-images
	// processed images
}

func ExampleTask_Finished() {
	ctx := context.Background()
	release := make(chan struct{})
	task := Spawn(ctx, "resize-images",
		func(ctx context.Context) (string, error) {
			<-release // stands in for a call that takes long
			return Process(ctx, "images", 100*time.Millisecond)
		})
	fmt.Println("name:", task.Name())
	if !task.Finished() {
		fmt.Println("still running")
	}

	close(release)
	if _, err := task.Wait(ctx); err != nil {
		fmt.Println("error:", err)
		return
	}
	if task.Finished() {
		fmt.Println("done")
	}
	// Output:
	// name: resize-images
	// still running
	// done
}

func ExampleTask_Wait() {
	ctx := context.Background()
	release := make(chan struct{})
	task := Spawn(ctx, "resize-images",
		func(ctx context.Context) (string, error) {
			<-release // stands in for a call that takes long
			return Process(ctx, "images", 100*time.Millisecond)
		})

	// This deadline is the waiter's own; the task has another ctx.
	short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	_, err := task.Wait(short)
	fmt.Println("first waiter:", err)

	close(release)
	value, err := task.Wait(ctx)
	if err != nil {
		fmt.Println("second waiter:", err)
		return
	}
	fmt.Println("second waiter:", value)
	// Output:
	// first waiter: context deadline exceeded
	// second waiter: processed images
}

func ExampleSignup() {
	answered := make(chan struct{})
	signup := &Signup{
		Send: func(_ context.Context, user string) error {
			<-answered // a mail takes longer than the answer
			fmt.Println("mail sent to", user)
			return nil
		},
		Log: slog.Default(),
	}
	srv := httptest.NewServer(signup)
	answer, err := srv.Client().Get(srv.URL + "?user=ann")
	if err != nil {
		fmt.Println("error:", err)
		return
	}
	io.Copy(os.Stdout, answer.Body)
	answer.Body.Close()
	close(answered)

	// On shutdown: first the handlers, then what they have left.
	srv.Close() // srv.Shutdown(ctx) of an http.Server
	signup.Wait()
	fmt.Println("bye")
	// Output:
	// welcome, ann
	// mail sent to ann
	// bye
}

func Example_background() {
	// One WaitGroup for all that runs in the background. It is not
	// needed to keep a goroutine alive, but to see it end.
	var background sync.WaitGroup
	for _, user := range []string{"ann", "bob"} {
		background.Go(func() {
			mail := process("mail for "+user, 100*time.Millisecond)
			// Nobody will ask for this error. Say it here.
			if _, err := mail(context.Background()); err != nil {
				fmt.Println("error:", err)
			}
		})
	}
	fmt.Println("requests answered")
	background.Wait()
	fmt.Println("mails sent")
	// Output:
	// requests answered
	// mails sent
}
