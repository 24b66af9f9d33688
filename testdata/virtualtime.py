"""Run an asyncio program in virtual time: virtualtime.py FILE [ARG...]

When the loop has nothing to do but wait for a timer, its clock jumps
there. Sleeps cost nothing and end at exact times, whatever the load.
Programs that wait for threads or sockets need the real clock.
"""

import asyncio
import runpy
import sys


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


if __name__ == "__main__":
    # asyncio.run takes its loop from here in every version; setting a
    # policy instead is deprecated.
    asyncio.new_event_loop = VirtualTimeLoop
    asyncio.events.new_event_loop = VirtualTimeLoop
    del sys.argv[0]
    runpy.run_path(sys.argv[0], run_name="__main__")
