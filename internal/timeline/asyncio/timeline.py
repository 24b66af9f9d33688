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
import io
import json
import os
import runpy
import sys

from timeline_lanes import Lane, named
from timeline_stacks import WAITS, WAKES, callers, chain, failed_at, is_own, line_here, qualified
from virtualtime import VirtualTimeLoop

lanes: list[Lane] = []
frozen = False  # by a deadlock, which is no time to cancel
ends = 0
prints = 0


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
        json.dump(named(lanes), file)
