package virtualtime

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/timeline"
	"github.com/awaitless/awaitless/internal/timeline/instrument"
)

// recordMain records a program as tools/timeline does: places are FILE:LINE.
func recordMain(t *testing.T, scratch, program string) (*timeline.Timeline, error) {
	t.Helper()
	src := Source{Name: strings.ReplaceAll(t.Name(), "/", "_"), Files: map[string][]byte{"main.go": []byte(program)}}
	return Record(context.Background(), scratch, src)
}

// TestPrinted: lines come in the order in which they were printed, also of one moment, whatever
// function printed them, and what was printed without a line end goes on.
func TestPrinted(t *testing.T) {
	tl, err := recordMain(t, module(t), `package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

func main() {
	done := make(chan bool)
	go func() {
		fmt.Print("working...")
		time.Sleep(time.Second)
		fmt.Println("done")
		fmt.Fprintln(os.Stdout, "two\nlines")
		io.WriteString(os.Stdout, "raw\n")
		println("on the other stream")
		done <- true
	}()
	<-done
	fmt.Print("last")
}
`)
	require.NoError(t, err)
	assert.Equal(t, []timeline.Line{{At: 0, Text: "working...done"}, {At: 1000, Text: "two"}, {At: 1000, Text: "lines"}, {At: 1000, Text: "raw"}, {At: 1000, Text: "on the other stream"}, {At: 1000, Text: "last"}}, tl.Printed)
	assert.Equal(t, "main.go:12", tl.Lanes[1].Name, "a closure is named by its line")
}

// TestOrder: the text tells the order of lines that two lanes print at one moment, and only then.
func TestOrder(t *testing.T) {
	tl, err := recordMain(t, module(t), `package main

import (
	"fmt"
	"time"
)

func main() {
	done := make(chan bool)
	go work(done)
	time.Sleep(time.Second)
	fmt.Println("main")
	<-done
	fmt.Println("main again")
}

func work(done chan bool) {
	time.Sleep(time.Second)
	fmt.Println("work")
	close(done)
}
`)
	require.NoError(t, err)
	assert.Equal(t, []timeline.Line{{At: 1000, Text: "work"}, {At: 1000, Text: "main"}, {At: 1000, Text: "main again"}}, tl.Printed)
	text := string(tl.CSV())
	assert.True(t, strings.HasPrefix(text, "lane,from,to,state,at,note,order\n"), text)
	for _, row := range []string{"main.go:12,main,2\n", "main.go:14,main again,3\n", "main.go:19,work,1\n", "start,main.go:10,main,\n"} {
		assert.Contains(t, text, row)
	}
	again, err := timeline.Parse([]byte(text))
	require.NoError(t, err)
	assert.Equal(t, text, string(again.CSV()))
}

// TestSteps: where no time passes, the order of events takes its place, and waits have a length.
func TestSteps(t *testing.T) {
	tl, err := recordMain(t, module(t), `package main

import "fmt"

func main() {
	c := make(chan int)
	go func() { c <- 1 }()
	fmt.Println(<-c)
}
`)
	require.NoError(t, err)
	assert.True(t, tl.Steps)
	assert.Equal(t, `lane,from step,to step,state,at,note
main,1,2,receive,main.go:8,send of 1 by main.go:7
main,4,4,print,main.go:8,1
main,5,5,end,,
main.go:7,0,0,start,main.go:7,main
main.go:7,3,3,end,,
`, string(tl.CSV()))
	again, err := timeline.Parse(tl.CSV())
	require.NoError(t, err)
	assert.Equal(t, string(tl.CSV()), string(again.CSV()))
}

// TestCutOff tells what main's return cut off from a leak.
func TestCutOff(t *testing.T) {
	tl, err := recordMain(t, module(t), `package main

import "time"

func main() {
	c := make(chan int)
	go sleeper()
	go limited()
	go relayed()
	go leaks(c)
	go later()
	time.Sleep(time.Second)
}

// later gets on after main's return, but is stuck then.
func later() {
	c := make(chan int)
	go func() { time.Sleep(3 * time.Second); c <- 1 }()
	for range c {
	}
}

func sleeper() { time.Sleep(time.Minute) }

func limited() {
	select {
	case <-make(chan int):
	case <-time.After(2 * time.Second):
	}
}

func relayed() {
	c := make(chan int)
	go func() { time.Sleep(3 * time.Second); close(c) }()
	<-c
}

func leaks(c chan int) { c <- 1; c <- 2 }
`)
	require.NoError(t, err)
	last := map[string]string{}
	for _, l := range tl.Lanes {
		e := l.Events[len(l.Events)-1]
		last[l.Name] = e.State + " " + e.Note
	}
	assert.Equal(t, map[string]string{"main": "end ", "sleeper": "sleep cut off", "limited": "select cut off",
		"relayed 1": "receive cut off", "relayed 2": "sleep cut off", "leaks": "send ",
		"later 1": "receive ", "later 2": "sleep cut off"}, last)
}

// TestRefused: what a program waits for must know of virtual time.
func TestRefused(t *testing.T) {
	scratch := module(t)
	for name, test := range map[string]struct{ body, imports, want string }{
		"network": {`l, _ := net.Listen("tcp", "127.0.0.1:0"); l.Accept()`, "net", "it waits for a network"},
		"process": {`exec.Command("true").Run()`, "os/exec", "it starts another process"},
		"exec":    {`syscall.Exec("/bin/true", nil, nil)`, "syscall", "it starts another process"},
		"signal":  {`c := make(chan os.Signal, 1); signal.Notify(c, os.Interrupt); <-c`, "os os/signal", "the program listens for signals"},
		"endless": {`for { time.Sleep(time.Minute) }`, "time", "it goes on for an hour"},
		"ticks":   {`for range time.Tick(time.Minute) {}`, "time", "it goes on for an hour"},
		"much":    {`c := make(chan int); go func() { for { c <- 1 } }(); for { <-c }`, "", "the program does too much"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			program := "package main\n"
			for _, path := range strings.Fields(test.imports) {
				program += "import \"" + path + "\"\n"
			}
			_, err := recordMain(t, scratch, program+"func main() { "+test.body+" }\n")
			assert.ErrorContains(t, err, test.want)
		})
	}
}

// TestManyLanes: time grows with the lanes, not with their square.
func TestManyLanes(t *testing.T) {
	began := time.Now()
	tl, err := recordMain(t, module(t), `package main

import "fmt"

func f(left, right chan int) { left <- 1 + <-right }

func main() {
	leftmost := make(chan int)
	right, left := leftmost, leftmost
	for range 10000 {
		right = make(chan int)
		go f(left, right)
		left = right
	}
	go func(c chan int) { c <- 1 }(right)
	fmt.Println(<-leftmost)
}
`)
	require.NoError(t, err)
	assert.Len(t, tl.Lanes, 10_002)
	assert.True(t, tl.Steps, "time passed")
	assert.Equal(t, []timeline.Line{{At: 0, Text: "10001"}}, tl.Printed)
	assert.Less(t, time.Since(began), 40*time.Second)
	t.Log(time.Since(began))
}

// TestSame: random numbers, select and maps take the same turns in each run.
func TestSame(t *testing.T) {
	scratch := module(t)
	src := Source{Name: "same", Files: map[string][]byte{"main.go": []byte(`package main

import (
	"fmt"
	"math/rand"
	randv2 "math/rand/v2"
)

func main() {
	a, b := make(chan int, 50), make(chan int, 50)
	for i := range 50 {
		a <- i
		b <- i
	}
	for range 50 {
		select {
		case <-a:
			fmt.Print("a")
		case <-b:
			fmt.Print("b")
		}
	}
	for k := range map[int]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5} {
		fmt.Print(k)
	}
	fmt.Println(rand.Int(), randv2.Int())
}
`)}}
	files, err := instrument.Program(src.Files)
	require.NoError(t, err)
	binary, err := src.build(context.Background(), scratch, files)
	require.NoError(t, err)
	var first []timeline.Line
	for range 20 {
		tl, err := src.run(context.Background(), binary, filepath.Join(scratch, "trace"))
		require.NoError(t, err)
		if first == nil {
			first = tl.Printed
		}
		require.Equal(t, first, tl.Printed)
	}
}
