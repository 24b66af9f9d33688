"""Loop over what arrives. Run: iterators.py counted"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import aclosing


class Countdown:
    def __init__(self, n: int) -> None:
        self.left = n

    def __aiter__(self) -> "Countdown":
        return self  # the object is its own, only iterator

    async def __anext__(self) -> int:
        if self.left == 0:
            raise StopAsyncIteration
        await asyncio.sleep(0.1)
        self.left -= 1
        return self.left


async def upward() -> None:
    async def numbers() -> AsyncIterator[int]:
        for i in range(3):
            await asyncio.sleep(0.1)
            yield i

    async for i in numbers():
        print(i)


async def counted() -> None:
    async for i in Countdown(3):
        print(i)


async def reused() -> None:
    numbers = Countdown(2)
    print("first loop:", [i async for i in numbers])
    print("second loop:", [i async for i in numbers])


async def numbers(n: int) -> AsyncIterator[int]:
    for i in range(n):
        await asyncio.sleep(0.1)
        yield i


async def numbered() -> None:
    async for i in numbers(3):
        print(i)


async def stopped() -> None:
    task = asyncio.current_task()
    try:
        async for i in numbers(5):
            print(i)
            if i == 1:
                task.cancel()
    except asyncio.CancelledError:
        print("the loop was cancelled")


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)  # stands in for the network
    print("fetched", url)
    return f"page of {url}"


async def pages(urls: list[str]) -> AsyncIterator[str]:
    try:
        for url in urls:
            yield await fetch(url)
    finally:
        print("session closed")


async def streamed() -> None:
    async for page in pages(["north", "south"]):
        print("reading", page)


async def left() -> None:
    async for page in pages(["north", "south"]):
        print("reading", page)
        break
    print("after the loop")
    await asyncio.sleep(0.1)


async def closing() -> None:
    async with aclosing(pages(["north", "south"])) as stream:
        async for page in stream:
            print("reading", page)
            break
    print("after the loop")


async def pulled() -> None:
    stream = pages(["north", "south"])
    try:
        print("reading", await anext(stream))
    finally:
        await stream.aclose()
    print("after stop")


async def prefetch(source: AsyncIterator, ready: int) -> AsyncIterator:
    queue = asyncio.Queue(max(ready, 1))  # 0 would mean no limit

    async def fill() -> None:
        async with aclosing(source):
            async for item in source:
                await queue.put(item)

    # An eager task may have ended here: then there is no item.
    task = item = asyncio.create_task(fill())
    try:
        while not (task.done() and queue.empty()):
            item = asyncio.create_task(queue.get())
            # However the source ends, nobody waits for another item.
            await asyncio.wait(
                [task, item], return_when=asyncio.FIRST_COMPLETED
            )
            if item.done():
                yield item.result()
        await task  # raises what the source has raised
    finally:
        task.cancel()
        item.cancel()
        await asyncio.gather(task, item, return_exceptions=True)


async def ahead() -> None:
    stream = pages(["north", "east", "south"])
    async for page in prefetch(stream, 2):
        await asyncio.sleep(0.6)  # reading takes longer
        print("read", page)


async def counting() -> AsyncIterator[int]:
    try:
        async for i in numbers(9):
            yield i
    finally:
        print("source closed")


async def behind() -> None:
    async with aclosing(prefetch(counting(), 1)) as early:
        async for i in early:
            print(i)
            break
    print("after the loop")


async def refused() -> AsyncIterator[int]:
    yield 1
    task = asyncio.create_task(asyncio.sleep(60))
    task.cancel()  # not the loop
    await task


async def ended() -> None:
    # The second source has no aclose.
    for source in refused(), Countdown(2):
        try:
            async for i in prefetch(source, 2):
                print(i)
        except (asyncio.CancelledError, AttributeError) as error:
            print(type(error).__name__)


async def nothing() -> None:
    async def none() -> AsyncIterator[int]:
        for i in ():
            yield i

    # The task of an eager factory may have ended when it is made.
    if eager := getattr(asyncio, "eager_task_factory", None):  # 3.12
        asyncio.get_running_loop().set_task_factory(eager)
    print([i async for i in prefetch(none(), 1)])


async def bounded() -> None:
    made = 0

    async def nine() -> AsyncIterator[int]:
        nonlocal made
        for made in range(1, 10):
            yield made

    for ready in 0, 1, 2:
        async with aclosing(prefetch(nine(), ready)) as early:
            async for _ in early:
                await asyncio.sleep(1)  # the source does what it can
                break
        print("made:", made)


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
