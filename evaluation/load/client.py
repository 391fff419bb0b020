"""The citizens of a load block, in a process of their own: raw sockets, kept alive, so that asking costs little.

Reads a job from standard input, writes what came of it to standard output, both as JSON; see `blocks`.
Nothing but the standard library is imported: the machine belongs to what is measured.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Job:
    system: Literal["ours", "stock"]
    port: int
    """On 127.0.0.1."""
    texts: list[str]
    visitors: int
    """How many write at the same time."""
    seconds: float
    messages: int = 1_000_000
    """At most, all visitors together."""
    messages_a_visitor: int = 5
    """Then the next visitor takes the place, unknown to the system."""
    name: str = "bench"


@dataclass
class Tally:
    latencies_ms: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)


class Door:
    """One connection, opened again when the other side closed it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.retry_after_s = 0.0
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, body: dict[str, Any], token: str) -> tuple[int, Any]:
        """Status and content; `retry_after_s` then says when to come again, 0 for at once."""
        content = json.dumps(body, ensure_ascii=False).encode()
        authorization = f"Authorization: Bearer {token}\r\n" if token else ""
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\nContent-Type: application/json\r\n"
            f"{authorization}Content-Length: {len(content)}\r\n\r\n"
        )
        reader, writer = self._streams or await self._open()
        writer.write(head.encode() + content)
        try:
            return await self._read(reader)
        except (asyncio.IncompleteReadError, ConnectionError):
            await self.close()
            return 0, None

    async def close(self) -> None:
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        return self._streams

    async def _read(self, reader: asyncio.StreamReader) -> tuple[int, Any]:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
        self.retry_after_s = float(headers.get("retry-after", "0"))
        content = await reader.readexactly(int(headers.get("content-length", "0")))
        if headers.get("connection") == "close":
            await self.close()
        return int(head[0].split()[1]), json.loads(content) if content else None


async def work_off(job: Job) -> dict[str, Any]:
    tally = Tally()
    questions = itertools.cycle(job.texts)
    left = iter(range(job.messages))
    began = time.perf_counter()
    await asyncio.gather(
        *(
            _stay(job, f"{job.name}-{place}", questions, left, began + job.seconds, tally)
            for place in range(job.visitors)
        )
    )
    return {
        "seconds": time.perf_counter() - began,
        "latencies_ms": tally.latencies_ms,
        "outcomes": dict(tally.outcomes),
    }


async def _stay(
    job: Job, place: str, questions: Iterator[str], left: Iterator[int], until: float, tally: Tally
) -> None:
    door = Door(job.port)
    token = ""
    try:
        for number in itertools.count():
            if time.perf_counter() >= until or next(left, None) is None:
                return
            if number % job.messages_a_visitor == 0:
                token = ""
            text = next(questions)
            began = time.perf_counter()
            if job.system == "ours":
                status, answer = await door.post("/api/chat/messages", {"text": text}, token)
                outcome = str(answer["outcome"]) if status == 200 else f"status {status}"
                token = answer["visitor_token"] if status == 200 else ""
            else:
                sender = f"{place}-{number // job.messages_a_visitor}"
                status, answer = await door.post("/webhooks/rest/webhook", {"sender": sender, "message": text}, "")
                outcome = ("answered" if answer else "empty") if status == 200 else f"status {status}"
            tally.latencies_ms.append((time.perf_counter() - began) * 1000)
            tally.outcomes[outcome] += 1
            # As the page does it. Nobody waits beyond the end of the block.
            await asyncio.sleep(max(0.0, min(door.retry_after_s, until - time.perf_counter())))
    finally:
        await door.close()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(work_off(Job(**json.load(sys.stdin))))))
