"""Run asyncio programs in virtual time.

    virtualtime.py FILE [ARG...]    run one program
    virtualtime.py                  run what standard input asks for
    virtualtime.py -aiohttp         the same in real time, with aiohttp

When the loop has nothing to do but wait for a timer, its clock jumps
there. Sleeps cost nothing and end at exact times, whatever the load.
Programs that wait for threads or sockets need the real clock.

Importing asyncio takes longer than most of the programs, and aiohttp
takes longer still. So it is done once: each line of standard input is a JSON array [FOLDER, FILE, ARG...]
that a fork of this process runs; the answer is a line with a JSON array
[EXIT CODE, STANDARD OUTPUT, STANDARD ERROR].
"""

import asyncio
import gc
import json
import os
import runpy
import sys
import tempfile


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0
        self._poll = self._selector.select
        self._selector.select = self._jump

    def time(self) -> float:
        return self._now

    def _jump(self, timeout: float | None = None) -> list:
        if timeout is None:
            raise RuntimeError("deadlock: the loop waits without a timer")
        self._now += timeout
        return self._poll(0)


def serve() -> list[str]:
    """Answer standard input; in a fork, return the program to run."""
    gc.freeze()  # no fork need look at what all have
    for line in sys.stdin:
        folder, *argv = json.loads(line)
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            child = os.fork()
            if child == 0:
                os.dup2(out.fileno(), 1)
                os.dup2(err.fileno(), 2)
                os.chdir(folder)
                return argv
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            texts = [os.pread(f.fileno(), 1 << 20, 0).decode() for f in (out, err)]
        print(json.dumps([code, *texts]), flush=True)
    sys.exit()


if __name__ == "__main__":
    if sys.argv[1:] == ["-aiohttp"]:
        import aiohttp  # noqa: F401

        sys.argv = serve()
    else:
        sys.argv = sys.argv[1:] or serve()
        # asyncio.run takes its loop from here in every version; setting
        # a policy instead is deprecated.
        asyncio.new_event_loop = VirtualTimeLoop
        asyncio.events.new_event_loop = VirtualTimeLoop
    sys.path[0] = os.getcwd()
    runpy.run_path(sys.argv[0], run_name="__main__")
