"""Record what the tasks of an asyncio program did, in virtual time.

    timeline.py FILE [ARG...]    run it; TIMELINE names the file to write

The clock stands still while any task runs. So a task's life is its waits,
and what they are can be read off all tasks before each jump. The answer
is a JSON array with a lane for each task, in order of creation. Times are
in ms, lines are FILE's, and a wait without a "to" never ends. What is
printed has its place among all that is.

Not done: threads and other processes, for which virtual time would not
wait.
"""

import asyncio
import builtins
import gc
import io
import json
import os
import runpy
import sys
from collections import Counter

from virtualtime import VirtualTimeLoop

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


class Lane:
    def __init__(self, name: str, shown: bool) -> None:
        self.name = name
        self.shown = shown
        self.events = []
        self.waits_for = None  # the future
        self.wait = []  # its event
        self.ended = 0  # a number that grows from end to end
        self.cancelled = ""  # by whom; a note

    def add(self, start, end, state, line=None, note="") -> None:
        self.events.append([start, end, state, line, note])


lanes: list[Lane] = []
frozen = False  # by a deadlock, which is no time to cancel
ends = 0
prints = 0


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


def current() -> Lane | None:
    task = asyncio.current_task() if asyncio._get_running_loop() else None
    return task.lane if task else None


def wakes() -> tuple:
    """Who ends a wait now, and how, as a note."""
    how = ""
    for frame in callers():
        name = qualified(frame.f_code)
        how = WAKES.get(name, how)
        if name == "_wait.<locals>._on_completion":
            return "done by ", frame.f_locals["f"].lane
        if name == "TaskGroup._on_task_done":
            return "done by ", frame.f_locals["task"].lane
        if name in ("_set_result_unless_cancelled", "_release_waiter"):
            return ("timer",)
    lane = current()
    return (how or "set", " by ", lane) if lane else (how,)


class Waiter(asyncio.Future):
    """A future that knows who set its result."""

    note = ""

    def set_result(self, result) -> None:
        self.note = wakes()
        super().set_result(result)


class LaneTask(asyncio.Task):
    def __init__(self, coro, *, name=None, **options) -> None:
        # What registers the task wants its hash.
        self.number = len(lanes)
        by = current()
        own = is_own(getattr(coro, "cr_code", line_here.__code__))
        name_of = getattr(coro, "__name__", type(coro).__name__)
        self.lane = Lane(name_of, own or not lanes or bool(by and by.shown))
        if not lanes:
            self.lane.name = "main"
        elif by:
            self.lane.add(now(), now(), "start", line_here(), (by,))
        if not frozen:
            lanes.append(self.lane)
        super().__init__(coro, name=name, **options)
        if name is not None:
            self.set_name(name)
        self.add_done_callback(LaneTask.ends)

    def __hash__(self) -> int:  # or the order of a set would be the memory's
        return self.number

    def set_name(self, name) -> None:
        super().set_name(name)
        if self.lane.name != "main":
            self.lane.name = str(name)

    def cancel(self, msg=None) -> bool:
        if not self.done() and not frozen:
            self.lane.cancelled = canceller()
        return super().cancel(msg)

    def ends(self) -> None:
        global ends
        if frozen:
            return
        ends += 1
        self.lane.ended = ends
        close(self.lane)
        self.lane.add(now(), now(), "end")


def canceller() -> tuple:
    """Who cancels now, as a note; it gets a mark."""
    for frame in callers():
        name = qualified(frame.f_code)
        if name == "Timeout._on_timeout":
            return ("deadline",)
        if name == "_cancel_all_tasks":
            return ("cancel by asyncio.run",)
        if name == "TaskGroup._on_task_done":
            # Its failure cancels the group. It has ended by now.
            task = frame.f_locals["task"]
            end = task.lane.events.pop()
            mark_cancel(task.lane, failed_at(task.exception()))
            task.lane.events.append(end)
            return "cancel by ", task.lane
    lane = current()
    if lane:
        mark_cancel(lane, line_here())
    return ("cancel by ", lane) if lane else ("cancel",)


def mark_cancel(lane: Lane, line: int | None) -> None:
    """Mark one cancellation, however many tasks it ends."""
    mark = [now(), now(), "cancel", line, ""]
    if mark not in lane.events:
        lane.events.append(mark)


def failed_at(error: BaseException) -> int | None:
    line, trace = None, error.__traceback__
    while trace:
        if is_own(trace.tb_frame.f_code):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def now() -> int:
    return round(loop.time() * 1000)


def close(lane: Lane) -> None:
    """Note how the wait that is over now ended."""
    future, lane.waits_for = lane.waits_for, None
    if future is None:
        return
    note = getattr(future, "note", "")
    if lane.cancelled and future.cancelled():
        note = lane.cancelled
    elif isinstance(future, LaneTask):
        note = "done by ", future.lane
    elif children := getattr(future, "_children", None):
        note = "done by ", last_of(children, future)
    lane.cancelled = ""
    lane.wait[4] = note


def last_of(children: list, future) -> Lane:
    """The one whose end, or whose failure, ended a gather."""
    if not future.cancelled() and future.exception():
        for child in children:
            if child.done() and not child.cancelled():
                if child.exception() is future.exception():
                    return child.lane
    return max((child.lane for child in children), key=lambda lane: lane.ended)


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


def look(task: LaneTask, until: int | None) -> None:
    """See what a task waits for until the clock has jumped."""
    lane, future = task.lane, task._fut_waiter
    if lane.waits_for is future and future is not None:
        lane.wait[1] = until
        return
    close(lane)
    state, line = "await", None
    for frame in chain(task.get_coro()):
        if is_own(frame.f_code):
            state, line = "await", frame.f_lineno
        else:
            state = WAITS.get(qualified(frame.f_code), state)
    lane.waits_for = future
    lane.add(now(), until, state, line)
    lane.wait = lane.events[-1]


class RecordingLoop(VirtualTimeLoop):
    def create_task(self, coro, **options) -> asyncio.Task:
        return LaneTask(coro, loop=self, **options)

    def create_future(self) -> asyncio.Future:
        return Waiter(loop=self)

    def run_in_executor(self, *_):
        raise RuntimeError("a program that waits for threads has no timeline")

    def _jump(self, timeout: float | None = None) -> list:
        global frozen
        until = None
        if timeout is not None:
            until = round((self.time() + timeout) * 1000)
        if until != now() and not frozen:
            for task in sorted(asyncio.all_tasks(self), key=hash):
                look(task, until)
        frozen = frozen or timeout is None
        return super()._jump(timeout)


def recorded_print(*values, file=None, **options) -> None:
    global prints
    lane = current()
    if lane and file is None:
        text = io.StringIO()
        real_print(*values, file=text, **options)
        lane.add(now(), now(), "print", line_here(), text.getvalue().rstrip("\n"))
        prints += 1
        lane.events[-1].append(prints)
    real_print(*values, file=file, **options)


def named() -> list:
    """The lanes that are shown; equal names are numbered."""
    shown = [lane for lane in lanes if lane.shown]
    count, met = Counter(lane.name for lane in shown), Counter()
    for lane in shown:
        met[lane.name] += 1
        if count[lane.name] > 1 and lane is not lanes[0]:
            lane.name += f" {met[lane.name]}"
    return [
        {"name": lane.name, "events": [worded(e) for e in lane.events]}
        for lane in shown
    ]


def worded(event: list) -> dict:
    start, end, state, line, note, *order = event
    if isinstance(note, tuple):
        note = "".join(x.name if isinstance(x, Lane) else x for x in note)
    keys = "from", "to", "state", "line", "note", "order"
    return dict(zip(keys, [start, end, state, line, note, *order]))


def new_loop() -> RecordingLoop:
    global loop
    if loop is not None:
        raise RuntimeError("a program with a second loop has no timeline")
    loop = RecordingLoop()
    return loop


if __name__ == "__main__":
    loop = None
    real_print, builtins.print = print, recorded_print
    asyncio.new_event_loop = asyncio.events.new_event_loop = new_loop
    sys.argv = sys.argv[1:]
    sys.path[0] = os.path.dirname(sys.argv[0])
    try:
        runpy.run_path(sys.argv[0], run_name="__main__")
    except RuntimeError:
        if not frozen:
            raise
    with open(os.environ["TIMELINE"], "w") as file:
        json.dump(named(), file)
