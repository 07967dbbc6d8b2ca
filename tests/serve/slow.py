"""A line to a server on which everything takes its time, as a phone has one through a crowded room."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from tests.projects import PATIENCE


class Silence:
    """Ends connections as a network does that is gone: nothing arrives any more, and nobody says so."""

    times = 0

    def fall(self) -> None:
        """End the connections that there are."""
        self.times += 1


@contextmanager
def slow_line(port: int, seconds: float, silence: Silence | None = None) -> Iterator[int]:
    """A port that leads to another one of this machine; each way takes so many seconds more."""
    silence = silence or Silence()
    begun = threading.Event()
    loop = asyncio.new_event_loop()
    ports: list[int] = []

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        begun = silence.times

        async def put() -> None:
            while True:
                due, data = await waiting.get()
                await asyncio.sleep(max(0.0, due - loop.time()))
                if silence.times > begun:
                    continue
                if not data:
                    writer.close()
                    return
                writer.write(data)

        putting = asyncio.create_task(put())
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                waiting.put_nowait((loop.time() + seconds, data))
        waiting.put_nowait((loop.time() + seconds, b""))
        await putting

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.gather(carry(reader, back), carry(there, writer), return_exceptions=True)

    async def serve() -> None:
        server = await asyncio.start_server(accept, "0.0.0.0", 0)
        ports.append(server.sockets[0].getsockname()[1])
        begun.set()

    def run() -> None:
        loop.run_until_complete(serve())
        loop.run_forever()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    thread = threading.Thread(target=run, name="slow-line")
    thread.start()
    try:
        assert begun.wait(PATIENCE)
        yield ports[0]
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(PATIENCE)
