"""Leave things open, on purpose. Run: unclosed.py unreleased"""

import asyncio
import contextlib
import sys


async def unreleased() -> None:
    # A queue with one connection stands in for a session's pool.
    pool: asyncio.Queue[str] = asyncio.Queue()
    pool.put_nowait("connection")
    print("first:", await pool.get())  # nobody puts it back
    try:
        async with asyncio.timeout(1):
            print("second:", await pool.get())
    except TimeoutError:
        print("second: no connection is free")


async def rows():
    try:
        yield "a"
        yield "b"
    finally:
        print("closed")


async def unfinished() -> None:
    async for row in rows():
        print(row)
        break
    print("after the loop")
    await asyncio.sleep(0.1)  # now the loop finds time to close


async def finished() -> None:
    async with contextlib.aclosing(rows()) as opened:
        async for row in opened:
            print(row)
            break
    print("after the loop")


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
