"""Forget task_done, or call it twice. Run: taskdone.py undone"""

import asyncio
import sys


async def undone() -> None:
    queue: asyncio.Queue[str] = asyncio.Queue()
    queue.put_nowait("copy")
    print("got", await queue.get())  # no task_done
    try:
        async with asyncio.timeout(1):
            await queue.join()
    except TimeoutError:
        print("join still waits")


async def twice() -> None:
    queue: asyncio.Queue[str] = asyncio.Queue()
    queue.put_nowait("copy")
    print("got", await queue.get())
    queue.task_done()
    try:
        queue.task_done()
    except ValueError as error:
        print(error)


async def early() -> None:
    queue: asyncio.Queue[str] = asyncio.Queue()
    queue.put_nowait("copy")
    queue.put_nowait("move")
    print("got", await queue.get())
    queue.task_done()
    queue.task_done()  # for the item that nobody has taken
    await queue.join()
    print("join returned; left:", queue.qsize())


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
