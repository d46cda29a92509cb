"""A process that does what `web run` does before it serves, and prints what that prints."""

import asyncio

from web.demo.start import first_start

if __name__ == "__main__":
    print(asyncio.run(first_start()))
