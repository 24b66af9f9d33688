"""Block in threads, compute in processes. Run: pools.py threads"""

import asyncio
import os
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool


def read(n: int) -> int:
    time.sleep(0.1)  # stands in for a driver that knows no asyncio
    return 2 * n


async def both() -> None:
    # read(1) alone would stop the loop, and every task on it.
    one, two = await asyncio.gather(
        asyncio.to_thread(read, 1), asyncio.to_thread(read, 2)
    )
    print(one, two)


async def threads() -> None:
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=3) as pool:
        values = await asyncio.gather(
            *(loop.run_in_executor(pool, read, n) for n in range(5))
        )
    for value in values:
        print(value)


async def default_threads() -> None:
    # The loop's own pool: as many threads as it thinks right.
    values = await asyncio.gather(
        *(asyncio.to_thread(read, n) for n in range(5))
    )
    for value in values:
        print(value)


async def abandoned() -> None:
    started, release = threading.Event(), threading.Event()

    def work() -> None:
        started.set()
        release.wait()
        print("the thread has finished")

    task = asyncio.create_task(asyncio.to_thread(work))
    await asyncio.to_thread(started.wait)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("the task is cancelled")
    release.set()  # asyncio.run waits for the thread


def squares(start: int, stop: int) -> int:
    return sum(i * i for i in range(start, stop))


async def processes() -> None:
    loop = asyncio.get_running_loop()
    quarter = 10_000_000 // 4
    with ProcessPoolExecutor(max_workers=4) as pool:
        parts = await asyncio.gather(
            *(
                loop.run_in_executor(
                    pool, squares, n * quarter, (n + 1) * quarter
                )
                for n in range(4)
            )
        )
    print(sum(parts))


seen: list[int] = []


def remember(n: int) -> int:
    seen.append(n)
    return len(seen)


async def copied() -> None:
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(max_workers=1) as pool:
        theirs = await loop.run_in_executor(pool, remember, 7)
    print("the worker has seen:", theirs)
    print("we have seen:", len(seen))


async def died() -> None:
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(max_workers=1) as pool:
        try:
            await loop.run_in_executor(pool, os._exit, 2)
        except BrokenProcessPool:
            print("the worker died")
        try:
            await loop.run_in_executor(pool, squares, 0, 10)
        except BrokenProcessPool:
            print("so the pool is broken")


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
