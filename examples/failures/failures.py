"""Tell errors apart, collect them, lose one. Run: failures.py one"""

import asyncio
import sys


class QuotaError(Exception):
    def __init__(self, wait: int) -> None:
        super().__init__(f"quota exceeded, wait {wait}s")
        self.wait = wait


async def load(order: int) -> str:
    await asyncio.sleep(0.1)  # stands in for a query
    if order < 100:
        return f"order {order}"
    if order == 429:
        raise QuotaError(30)
    raise LookupError(f"order {order}: not found")


async def missing() -> None:
    try:
        print("got:", await load(404))
    except LookupError as error:
        print("missing:", error)


async def one() -> None:
    for order in (7, 404, 429):
        try:
            print("got:", await load(order))
        except QuotaError as quota:
            print(f"later: {quota.wait}s")
        except LookupError as error:
            print("missing:", error)


async def many() -> None:
    results = await asyncio.gather(
        load(7), load(404), load(429), return_exceptions=True
    )
    for result in results:
        if isinstance(result, BaseException):
            print("failed:", result)
        else:
            print("got:", result)


async def group() -> None:
    failures = await asyncio.gather(
        load(404), load(429), load(410), return_exceptions=True
    )
    try:
        raise ExceptionGroup("orders", failures)  # Python 3.11
    except* QuotaError as some:
        for quota in some.exceptions:
            print(f"later: {quota.wait}s")
    except* LookupError as some:
        for error in some.exceptions:
            print("missing:", error)


async def invoice(order: int) -> str:
    try:
        return f"invoice for {await load(order)}"
    except LookupError as error:
        raise RuntimeError("no invoice") from error


async def chained() -> None:
    try:
        await invoice(404)
    except Exception as error:
        print("error:", error)
        # except LookupError would not have caught it.
        print("is not found:", isinstance(error, LookupError))
        print("cause:", error.__cause__)


async def cancelled() -> None:
    task = asyncio.create_task(load(7))
    await asyncio.sleep(0)  # it starts
    task.cancel()
    results = await asyncio.gather(task, return_exceptions=True)
    error = results[0]
    print("result:", type(error).__name__)
    print("an Exception:", isinstance(error, Exception))


async def lost() -> None:
    task = asyncio.create_task(load(404))
    await asyncio.sleep(0.2)
    print("the program goes on")
    del task  # collected now, and its exception with it


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
