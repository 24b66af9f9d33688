"""Await one coroutine, then gather several. Run: basics.py one"""

import asyncio
import sys


async def fetch(url: str) -> str:
    await asyncio.sleep(0.1)  # stands in for the network
    return f"data from {url}"


async def two() -> None:
    a, b = await asyncio.gather(fetch("a"), fetch("b"))
    print(a, "and", b)


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


async def lose() -> None:
    await asyncio.sleep(0.2)
    raise ConnectionError("connection lost")


async def hold() -> None:
    await asyncio.get_running_loop().create_future()


async def body() -> None:
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(hold())
            tasks.create_task(hold())
            await lose()  # stops both
    except* ConnectionError as failures:
        print("error:", failures.exceptions[0])
    others = asyncio.all_tasks() - {asyncio.current_task()}
    print("still running:", len(others))


async def outside() -> None:
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(lose())
            await asyncio.sleep(0.4)  # cancelled after 0.2 s
            print("the body goes on")
    except* ConnectionError as failures:
        print("error:", failures.exceptions[0])


async def roll_back() -> None:
    try:
        await hold()
    except asyncio.CancelledError:
        raise OSError("rollback failed")


async def every() -> None:
    try:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(lose())
            tasks.create_task(roll_back())
            tasks.create_task(hold())
    except* OSError as failures:
        for error in failures.exceptions:
            print(error)


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
