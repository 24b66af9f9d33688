package schedule

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/awaitless/awaitless/internal/rewrite"
)

const source = `package p

func ready(n int) bool { return n > 0 }

func (m *Mutex) Lock() {
	m.lock()
}

func (p *Pointer[T]) Load() *T { return p.v }

func (m *Mutex) lock()
`

func TestEdits(t *testing.T) {
	for _, test := range []struct {
		name      string
		edit      edit
		want, err string
	}{
		{"replace", replace("m.lock()\n}", "m.slow()\n}"), "\tm.slow()\n}", ""},
		{"nowhere", replace("m.unlock()", ""), "", `p.go: found 0 times, not once: "m.unlock()"`},
		{"twice", replace("Mutex", ""), "", `p.go: found 2 times, not once: "Mutex"`},
		{"function", enter("f()", "ready"), "func ready(n int) bool { f();  return n > 0 }", ""},
		{"method", enter("f()", "Mutex.Lock"), "Lock() { f(); \n\tm.lock()", ""},
		{"generic", enter("f()", "Pointer.Load"), "Load() *T { f();  return p.v }", ""},
		{"no function", enter("f()", "ready", "Lock"), "", "p.go: found no function Lock"},
		{"no body", enter("f()", "Mutex.lock"), "", "p.go: found no function Mutex.lock"},
		{"methods", enterMethods("f()"), "Lock() { f(); \n\tm.lock()\n}\n\nfunc (p *Pointer[T]) Load() *T { f();  return p.v }", ""},
		{"add", add("// end\n"), "lock()\n// end\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			out, err := apply("p.go", []byte(source), []edit{test.edit})
			if test.err != "" {
				assert.EqualError(t, err, test.err)
				return
			}
			require.NoError(t, err)
			assert.Contains(t, string(out), test.want)
		})
	}
	_, err := apply("p.go", []byte(source), []edit{replace("z", ""), enter("f()", "x"), add("")})
	assert.EqualError(t, err, "p.go: found 0 times, not once: \"z\"\np.go: found no function x")
	_, err = apply("p.go", []byte("package p\n"), []edit{enterMethods("f()")})
	assert.EqualError(t, err, "p.go: found no exported method")
}

func TestInstrument(t *testing.T) {
	const before = `package main

func main() {
	x := 1
loop:
	for x < 3 {
		switch x {
		case 1:
			x++
			continue loop
		default:
			break loop
		}
	}
	for x < 0 {
	}
	func() { x = 2 }()
	select {
	default:
		{
			return
		}
	}
}
`
	const after = `package main

func main() {
	P(); x := 1
P(); loop:
	for x < 3 {
		P(); switch x {
		case 1:
			P(); x++
			P(); continue loop
		default:
			P(); break loop
		}
	}
	P(); for x < 0 {P(); 
	}
	P(); func() { P(); x = 2 }()
	P(); select {
	default:
		P(); {
			P(); return
		}
	}
}
`
	out, err := instrument("main.go", []byte(before))
	require.NoError(t, err)
	assert.Equal(t, after, strings.ReplaceAll(string(out), programPoint, "P"))
}

// TestOverlayDoesNotFit tries a Go whose files are not as we know them.
func TestOverlayDoesNotFit(t *testing.T) {
	goroot := t.TempDir()
	for name := range edits {
		require.NoError(t, rewrite.File(filepath.Join(goroot, "src", name), []byte("package p\n")))
	}
	_, err := writeOverlay(goroot, t.TempDir())
	require.Error(t, err)
	assert.Contains(t, err.Error(), "the source of this Go is not as package schedule knows it; mend its edits:\n")
	assert.Contains(t, err.Error(), "\nruntime/chan.go: found no function chansend")
	assert.Contains(t, err.Error(), "\nruntime/proc.go: found 0 times, not once: \"const haveSysmon =")

	require.NoError(t, os.Remove(filepath.Join(goroot, "src", "runtime", "chan.go")))
	_, err = writeOverlay(goroot, t.TempDir())
	assert.ErrorIs(t, err, os.ErrNotExist)
}
