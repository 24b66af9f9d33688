package machines

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAdvice holds each row of check.sh to a report that the page shows which it sends to.
func TestAdvice(t *testing.T) {
	s := ours(t)
	_, rows, _ := strings.Cut(string(checkScript), "<<'ROWS'\n")
	rows, _, _ = strings.Cut(rows, "ROWS\n")
	n := 0
	for row := range strings.Lines(rows) {
		columns := strings.Split(strings.TrimSuffix(row, "\n"), "|")
		require.Len(t, columns, 3, row)
		d := s.ByPath["patterns/"+columns[1]]
		switch columns[1] {
		case "practices.md":
			d = s.ByPath["guides/practices.md"]
		case "pitfalls.md":
			for _, pitfall := range s.Below(s.Section("guides/pitfalls"), false) {
				if pitfall.Title == columns[2] {
					d = pitfall
				}
			}
		}
		if !assert.NotNil(t, d, "check.sh: no page for %s", row) {
			continue
		}
		shown := false
		for _, b := range d.Blocks {
			shown = shown || b.Lang == "text" && strings.Contains(b.Body, columns[0])
		}
		assert.True(t, shown, "check.sh: %s: content/%s shows no report with it", row, d.Path)
		n++
	}
	assert.Greater(t, n, 20)
}

// TestCheck runs the script in modules of a user, on what vet, a test and the race detector reject.
func TestCheck(t *testing.T) {
	if _, err := exec.LookPath("sh"); err != nil {
		require.Empty(t, os.Getenv("REQUIRE_TOOLS"), "no sh")
		t.Skip("no sh")
	}
	skill := t.TempDir()
	require.NoError(t, Write(filepath.Join(skill, "s"), map[string][]byte{"scripts/check.sh": checkScript}))
	run := func(files map[string]string, args ...string) (string, int) {
		t.Helper()
		dir := t.TempDir()
		for name, text := range files {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
		}
		command := exec.Command("sh", append([]string{filepath.Join(skill, "s/scripts/check.sh")}, args...)...)
		command.Dir = dir
		out, _ := command.CombinedOutput()
		return string(out), command.ProcessState.ExitCode()
	}
	const mod = "module x\n\ngo 1.26\n"
	out, code := run(map[string]string{"go.mod": mod, "x.go": "package x\n"})
	assert.Equal(t, 0, code, out)
	assert.Contains(t, out, "== go vet ./...\n")
	assert.Contains(t, out, " ./...\n?   \tx\t[no test files]\n")
	assert.NotContains(t, out, "Read:")

	out, code = run(map[string]string{
		"go.mod":    mod,
		"x.go":      "package x\n\nimport \"sync\"\n\ntype T struct{ mu sync.Mutex }\n\nfunc F(t T) {}\n",
		"x_test.go": "package x\n\nimport \"testing\"\n\nfunc TestF(t *testing.T) {\n\tn, done := 0, make(chan bool)\n\tgo func() { n++; close(done) }()\n\tn++\n\t<-done\n\tclose(done)\n}\n",
	}, ".")
	assert.Equal(t, 1, code, out)
	assert.Contains(t, out, "== go vet .\n")
	_, read, _ := strings.Cut(out, "\nRead:\n")
	assert.Contains(t, read, "/references/pitfalls.md, \"Holding a lock while you wait\"  (passes lock by value)\n")
	assert.Contains(t, read, "/references/pitfalls.md, \"Forgetting to say that you are done\"  (close of closed channel)\n")
	if strings.Contains(out, "== go test -race ") {
		assert.Contains(t, read, "/references/locks.md  (WARNING: DATA RACE)\n")
	}

	// A goroutine that stays, in a package whose own names are those of the check's imports.
	const leak = "package x_test\n\nimport \"testing\"\n\nvar time, os, bytes = 1, 2, 3\n\n" +
		"func TestLeak(t *testing.T) { go func() { select {} }() }\n"
	out, code = run(map[string]string{"go.mod": mod, "x.go": "package x\n", "x_test.go": leak})
	assert.Equal(t, 1, code, out)
	assert.Contains(t, out, "found unexpected goroutines:\n")
	assert.Contains(t, out, "x_test.go:7")
	assert.Contains(t, out, "pitfalls.md, \"Not handling cancellation\"  (found unexpected goroutines)\n")

	// What ends in a moment is no leak, and a package's own TestMain stays.
	const ends = "package x\n\nimport (\n\t\"testing\"\n\t\"time\"\n)\n\n" +
		"func TestEnds(t *testing.T) { go time.Sleep(100 * time.Millisecond) }\n"
	out, code = run(map[string]string{"go.mod": mod, "x_test.go": ends})
	assert.Equal(t, 0, code, out)
	out, code = run(map[string]string{"go.mod": mod, "x_test.go": ends + "\nfunc TestMain(m *testing.M) { m.Run() }\n"})
	assert.Equal(t, 0, code, out)
	assert.Contains(t, out, " has a TestMain; have it call goleak.VerifyTestMain\n")

	out, code = run(map[string]string{"x.go": "package x\n"})
	assert.Equal(t, 2, code, out)
	assert.Equal(t, "check.sh: no go.mod here or above; run this in the module to check\n", out)
}
