"""Lose a failure, on purpose. Run: background.py background"""

import asyncio
import sys


async def refresh() -> None:
    raise ValueError("boom")


async def background() -> None:
    task = asyncio.create_task(refresh())
    await asyncio.sleep(1)
    print("still running; refresh is done:", task.done())


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
