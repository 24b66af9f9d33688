"""Read the stacks of an asyncio program: whose line it is, and what asyncio does."""

import asyncio
import gc
import os
import sys

# What asyncio's own functions wait for. Any other waits for a task, a
# group of them, or a future: await.
WAITS = {
    "sleep": "sleep",
    "Queue.get": "receive",
    "Queue.put": "send",
    "Lock.acquire": "lock",
    "Semaphore.acquire": "lock",
    "Condition.wait": "Cond",
}

# What ends a wait of another task: asyncio's function, and its verb.
WAKES = {
    "Queue.put_nowait": "send",
    "Queue.get_nowait": "receive",
    "Queue.task_done": "done",
    "Lock.release": "unlock",
    "Semaphore.release": "release",
    "Event.set": "set",
    "Condition.notify": "signal",
    "Condition.notify_all": "broadcast",
}

ASYNCIO = os.path.dirname(asyncio.__file__)


def is_own(code) -> bool:
    return code.co_filename == sys.argv[0]


def qualified(code) -> str:
    return code.co_qualname if code.co_filename.startswith(ASYNCIO) else ""


def callers():
    """The frames of asyncio up to, and with, the program's own."""
    frame = sys._getframe(1)
    while frame is not None:
        yield frame
        if is_own(frame.f_code):
            return
        frame = frame.f_back


def line_here() -> int | None:
    *_, last = callers()
    return last.f_lineno if is_own(last.f_code) else None


def failed_at(error: BaseException) -> int | None:
    line, trace = None, error.__traceback__
    while trace:
        if is_own(trace.tb_frame.f_code):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def chain(coro):
    """The frames of a task that waits, outermost first."""
    while coro is not None:
        inner = None
        for kind in ("cr", "gi", "ag"):
            frame = getattr(coro, kind + "_frame", None)
            if frame is not None:
                yield frame
                inner = getattr(coro, "gi_yieldfrom" if kind == "gi" else kind + "_await")
                break
        else:
            # A step of an asynchronous generator does not say of which.
            for held in gc.get_referents(coro):
                if hasattr(held, "ag_frame") or hasattr(held, "cr_frame"):
                    inner = held
                    break
        coro = inner
