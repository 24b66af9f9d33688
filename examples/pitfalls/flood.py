"""Start everything at once, on purpose. Run: flood.py flood"""

import asyncio
import sys


async def flood() -> None:
    now = peak = 0

    async def fetch(url: str) -> None:
        nonlocal now, peak
        now += 1
        peak = max(peak, now)
        await asyncio.sleep(1)
        now -= 1

    urls = [f"/{n}" for n in range(1000)]
    await asyncio.gather(*map(fetch, urls))
    print("fetches at the same time:", peak)


if __name__ == "__main__":
    asyncio.run(globals()[sys.argv[1]]())
