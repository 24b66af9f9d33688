"""Await one coroutine, then gather several. Run: basics.py one"""

import asyncio
import sys


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)  # stands in for the network
    return f"data from {url}"


async def one() -> None:
    print("fetching")
    # fetch(...) alone builds a coroutine object; await runs it.
    data = await fetch("api.example.com")
    print(data)


async def several() -> None:
    pages = await asyncio.gather(
        fetch("example.com/1"),
        fetch("example.com/2"),
        fetch("example.com/3"),
    )
    for page in pages:
        print(page)


async def refuse() -> str:
    raise ConnectionError("connection refused")


async def failure() -> None:
    try:
        await asyncio.gather(
            fetch("example.com/1"),
            refuse(),
            fetch("example.com/2"),
        )
    except ConnectionError as error:
        print("error:", error)
    # The siblings know nothing of the failure.
    others = asyncio.all_tasks() - {asyncio.current_task()}
    print("still running:", len(others))


async def group() -> None:
    try:
        async with asyncio.TaskGroup() as tasks:  # Python 3.11
            tasks.create_task(fetch("example.com/1"))
            tasks.create_task(refuse())
            tasks.create_task(fetch("example.com/2"))
    except* ConnectionError as failures:
        print("error:", failures.exceptions[0])
    others = asyncio.all_tasks() - {asyncio.current_task()}
    print("still running:", len(others))


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
