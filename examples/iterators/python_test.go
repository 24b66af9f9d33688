package iterators

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A source that is cancelled by something else, and one that has no
// aclose. Either ends the loop with its error.
const endings = `
import asyncio, sys
sys.version_info >= (3, 11) or sys.exit(3)
from iterators import Countdown, prefetch

async def cancelled():
    yield 1
    task = asyncio.create_task(asyncio.sleep(60))
    task.cancel()
    await task

async def loop(source):
    got = []
    try:
        async for item in prefetch(source, 2):
            got.append(item)
    except (asyncio.CancelledError, AttributeError) as error:
        got.append(type(error).__name__)
    return got

async def main():
    for source in cancelled(), Countdown(2):
        print(*await asyncio.wait_for(loop(source), 60))

asyncio.run(main())
`

// The loop of the asyncio original ends however its source does.
func TestPrefetchOfThePageEnds(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("python3 not found")
	}
	run := exec.Command(python, "-B", "-c", endings)
	out, err := run.CombinedOutput()
	if run.ProcessState.ExitCode() == 3 {
		t.Skip("python3 is older than 3.11")
	}
	assert.NoError(t, err)
	assert.Equal(t, "1 CancelledError\n1 0 AttributeError\n",
		string(out))
}
