package tasks

import (
	"bytes"
	"context"
	"io"
	"runtime/pprof"
	"runtime/trace"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	exptrace "golang.org/x/exp/trace"
)

// profile returns the goroutine profile as text, labels included.
func profile(t *testing.T) string {
	t.Helper()
	var text bytes.Buffer
	require.NoError(t, pprof.Lookup("goroutine").WriteTo(&text, 1))
	return text.String()
}

// The profile of a running program names the task, and each goroutine
// that the task has started: labels are inherited. For both jobs there
// is one goroutine that runs it and one that waits for it, in sound.
func TestProfileNamesTheTask(t *testing.T) {
	started, quit := make(chan struct{}), make(chan struct{})
	wait := func(context.Context) (string, error) {
		started <- struct{}{}
		<-quit
		return "", nil
	}
	task := Spawn(t.Context(), "resize-images",
		func(ctx context.Context) (string, error) {
			outcome := <-Start(ctx, wait)
			return outcome.Value, outcome.Err
		})
	<-started
	text := profile(t)
	close(quit)
	_, err := task.Wait(t.Context())
	require.NoError(t, err)
	label := `# labels: {"task":"resize-images"}`
	assert.Equal(t, 4, strings.Count(text, label))
}

// A task that another one has spawned has a name of its own. So has a
// context that got another label by hand.
func TestNameOfTheLatest(t *testing.T) {
	name := func(ctx context.Context) (string, error) {
		return NameOf(ctx), nil
	}
	var inner, byHand string
	outer := Spawn(t.Context(), "outer",
		func(ctx context.Context) (string, error) {
			inner, _ = Spawn(ctx, "inner", name).Wait(ctx)
			byHand = NameOf(pprof.WithLabels(ctx,
				pprof.Labels("task", "by hand")))
			return NameOf(ctx), nil
		})
	got, err := outer.Wait(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "outer", got)
	assert.Equal(t, "inner", inner)
	assert.Equal(t, "by hand", byHand)
}

// An execution trace shows the task by its name, from its beginning to
// its end.
func TestTraceNamesTheTask(t *testing.T) {
	if trace.IsEnabled() {
		t.Skip("the test itself is being traced")
	}
	var recorded bytes.Buffer
	require.NoError(t, trace.Start(&recorded))
	task := Spawn(t.Context(), "resize-images",
		func(ctx context.Context) (string, error) {
			trace.Log(ctx, "", "working")
			return "", nil
		})
	_, err := task.Wait(t.Context())
	trace.Stop()
	require.NoError(t, err)
	assert.Equal(t, []string{
		"TaskBegin resize-images",
		"Log resize-images: working",
		"TaskEnd resize-images",
	}, tasksIn(t, &recorded))
}

// tasksIn returns when the tasks of a trace began, logged and ended, in
// order.
func tasksIn(t *testing.T, recorded io.Reader) []string {
	t.Helper()
	reader, err := exptrace.NewReader(recorded)
	require.NoError(t, err)
	var tasks []string
	name := map[exptrace.TaskID]string{}
	for {
		event, err := reader.ReadEvent()
		if err == io.EOF {
			return tasks
		}
		require.NoError(t, err)
		switch kind := event.Kind(); kind {
		case exptrace.EventTaskBegin, exptrace.EventTaskEnd:
			task := event.Task()
			name[task.ID] = task.Type
			tasks = append(tasks, kind.String()+" "+task.Type)
		case exptrace.EventLog:
			log := event.Log()
			tasks = append(tasks,
				"Log "+name[log.Task]+": "+log.Message)
		}
	}
}
