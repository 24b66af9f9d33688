"""Habits of asyncio programmers, one by one. Run: practices.py scope"""

import asyncio
import contextlib
import sys
import time
from contextvars import ContextVar


async def told(name: str, delay: float) -> None:
    await asyncio.sleep(delay)
    print(name, "listener told")


async def started() -> None:
    tasks = [
        asyncio.create_task(told("slow", 0.3)),
        asyncio.create_task(told("quick", 0.1)),
    ]
    for task in tasks:
        await task
    print("all told")


async def square(n: int) -> int:
    return n * n


async def squares() -> None:
    print(*await asyncio.gather(*(square(n) for n in (1, 2, 3, 4))))


async def cancelled() -> None:
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("cleaning up")
        raise  # or the caller never learns of it


async def cancel() -> None:
    task = asyncio.create_task(cancelled())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.wait([task])  # raises only what ends this one
    print("cancelled:", task.cancelled())


async def limited() -> None:
    slots = asyncio.Semaphore(2)

    async def work(n: int) -> None:
        async with slots:
            await asyncio.sleep(0.1)

    await asyncio.gather(*(work(n) for n in range(10)))
    print("all done")


@contextlib.asynccontextmanager
async def timed():
    start = asyncio.get_running_loop().time()
    try:
        yield
    finally:
        took = asyncio.get_running_loop().time() - start
        print("more than 50 ms:", took > 0.05)


async def managed() -> None:
    async with timed():
        await asyncio.sleep(0.1)


async def queued() -> None:
    items: asyncio.Queue[int] = asyncio.Queue()
    for n in range(3):
        items.put_nowait(n)

    async def worker() -> None:
        while True:
            print("got", await items.get())
            items.task_done()

    task = asyncio.create_task(worker())
    await items.join()
    task.cancel()  # it would wait for ever
    print("all done")


async def threaded() -> None:
    # A blocking call would stop the loop, so it gets a thread.
    await asyncio.to_thread(time.sleep, 0.1)
    print("the loop went on")


async def bounded() -> None:
    try:
        async with asyncio.timeout(0.1):  # Python 3.11
            await asyncio.sleep(3600)
    except TimeoutError:
        print("too slow")


request: ContextVar[str] = ContextVar("request", default="")


def log(text: str) -> None:
    print(text, "request=" + request.get())


async def query() -> None:
    log("query")


async def handle(number: str) -> None:
    request.set(number)
    log("begin")
    await asyncio.create_task(query())  # a copy of the context


async def numbered() -> None:
    await asyncio.create_task(handle("7"))
    log("no request")


async def save() -> bool:
    await asyncio.sleep(0.1)
    return True


async def slept() -> None:
    task = asyncio.create_task(save())
    await asyncio.sleep(0.2)  # surely enough
    print("saved:", task.done())


async def scope() -> None:
    async with asyncio.TaskGroup() as tasks:  # Python 3.11
        tasks.create_task(told("slow", 0.3))
        tasks.create_task(told("quick", 0.1))
    print("all told")


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
