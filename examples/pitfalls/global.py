"""Keep a loop in a global, on purpose. Run: global.py shared"""

import asyncio
import sys


async def page(name: str) -> str:
    return name


def shared() -> None:
    loop = asyncio.new_event_loop()  # a global in a larger program
    print(loop.run_until_complete(page("first")))
    loop.close()  # tidies up after itself, and after everybody
    second = page("second")
    try:
        print(loop.run_until_complete(second))
    except RuntimeError as error:
        print(error)
    second.close()  # or Python warns that nobody awaited it


if __name__ == "__main__":
    globals()[sys.argv[1]]()
