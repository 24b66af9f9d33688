"""Give back what you took. Run: cleanup.py managed"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager


class Connection:
    def __init__(self, addr: str) -> None:
        self.addr = addr

    async def __aenter__(self) -> "Connection":
        print("connecting to", self.addr)
        await asyncio.sleep(0.1)
        return self

    async def __aexit__(self, *exc: object) -> None:
        await asyncio.sleep(0.1)
        print("closed", self.addr)

    async def query(self, question: str) -> str:
        await asyncio.sleep(0.1)
        return f"answer to {question}"


async def used() -> None:
    async with Connection("db") as conn:
        print("using", conn.addr)


async def ask(addr: str, question: str) -> str:
    async with Connection(addr) as conn:
        return await conn.query(question)


async def managed() -> None:
    print(await ask("db", "life"))


@asynccontextmanager
async def connection(addr: str) -> AsyncIterator[Connection]:
    print("connecting to", addr)
    await asyncio.sleep(0.1)
    try:
        yield Connection(addr)
    finally:
        await asyncio.sleep(0.1)
        print("closed", addr)


async def borrowed() -> None:
    async with connection("db") as conn:
        print(await conn.query("life"))


async def failing() -> None:
    try:
        async with connection("db"):
            raise ValueError("bug")
    except ValueError as error:
        print("caught:", error)


async def work() -> None:
    async with connection("db") as conn:
        while True:
            await conn.query("life")


async def cancelled() -> None:
    task = asyncio.create_task(work())
    await asyncio.sleep(0.25)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")


async def twice() -> None:
    task = asyncio.create_task(work())
    await asyncio.sleep(0.25)
    task.cancel()  # the teardown begins …
    await asyncio.sleep(0.05)
    task.cancel()  # … and this one cuts it off
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")


class Upload:
    async def __aenter__(self) -> "Upload":
        return self

    async def __aexit__(self, *exc: object) -> None:
        raise ConnectionError("upload not confirmed")


async def both() -> None:
    try:
        async with Upload():
            raise ValueError("file is damaged")
    except ValueError:
        print("the work failed")
    except ConnectionError as error:
        print("the teardown failed")
        print("hidden behind it:", repr(error.__context__))


async def each() -> None:
    for addr in ("north", "south"):
        async with connection(addr):
            pass


async def stacked() -> None:
    async with AsyncExitStack() as stack:
        conns = []
        for addr in ("north", "south"):
            opened = stack.enter_async_context(connection(addr))
            conns.append(await opened)
        print("open:", len(conns))


async def exiting() -> None:
    async with connection("db"):
        sys.exit("bad configuration")


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
