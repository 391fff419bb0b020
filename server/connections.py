"""Connections that keep us waiting are cut: a head that is slow or endless, a reader who takes nothing, idle crowds.

uvicorn bounds none of these. Behind a reverse proxy the proxy does; here it is done for whoever has none.
"""

from __future__ import annotations

import asyncio
from asyncio import TimerHandle
from collections import defaultdict
from collections.abc import Callable
from typing import ClassVar

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from channels.addresses import counted_as
from channels.refusals import Refusal

MOST_HEAD_BYTES = 16 * 1024
MOST_AROUND_BODY_BYTES = 256 * 1024
"""Head, and what wraps the pieces of a chunked body. What is within is the app's to bound, path by path."""
MOST_WAITING_REQUESTS = 8
"""Sent ahead, before the first was answered."""
MOST_IDLE_OF_AN_ADDRESS = 256
HEAD_SECONDS = 10.0
WRITE_SECONDS = 30.0


class Lobby:
    """Connections of each address that ask for nothing just now. Where they become too many, the one that has waited
    longest goes, so that whoever comes always gets in."""

    def __init__(self, most: int = MOST_IDLE_OF_AN_ADDRESS) -> None:
        self._most = most
        self._idle: dict[str, dict[PatientProtocol, None]] = defaultdict(dict)

    def enter(self, connection: PatientProtocol) -> None:
        of_address = self._idle[connection.address]
        of_address[connection] = None
        if len(of_address) > self._most:
            longest = next(iter(of_address))
            self.leave(longest)
            longest.transport.close()

    def leave(self, connection: PatientProtocol) -> None:
        of_address = self._idle[connection.address]
        of_address.pop(connection, None)
        if not of_address:
            del self._idle[connection.address]

    def __len__(self) -> int:
        return sum(map(len, self._idle.values()))


class PatientProtocol(HttpToolsProtocol):
    """With bounds to its patience. The server makes one for each connection."""

    lobby: ClassVar[Lobby]
    most_body_bytes: ClassVar[Callable[[str], int]]
    address = ""
    _awaits_head = True
    _message_bytes = 0
    _most_message_bytes = MOST_HEAD_BYTES
    _head_timer: TimerHandle | None = None
    _write_timer: TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.address = counted_as(self.client[0]) if self.client else "unknown"
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._give_up_on_head)
        self.lobby.enter(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.lobby.leave(self)
        self._stop_head_timer()
        self._stop_write_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        self._message_bytes += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self.cycle.keep_alive = False  # answered as it is: to nothing else do we change over
        except httptools.HttpParserCallbackError as fault:
            self._refuse(431 if isinstance(fault.__context__, _HeadTooLarge) else 400)
        except httptools.HttpParserError:
            self._refuse(400)
        else:
            self._check_size()

    def on_headers_complete(self) -> None:
        head_bytes = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if head_bytes > MOST_HEAD_BYTES or len(self.pipeline) >= MOST_WAITING_REQUESTS:
            raise _HeadTooLarge
        self._awaits_head = False
        self._stop_head_timer()
        self.lobby.leave(self)
        super().on_headers_complete()
        self._most_message_bytes = MOST_AROUND_BODY_BYTES + type(self).most_body_bytes(self.scope["path"])

    def on_message_complete(self) -> None:
        self._awaits_head, self._message_bytes = True, 0
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.transport.is_closing() and not self.pipeline:
            self.lobby.enter(self)

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._write_timer is None:
            self._write_timer = self.loop.call_later(WRITE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        self._stop_write_timer()

    def _check_size(self) -> None:
        if self._message_bytes > (MOST_HEAD_BYTES if self._awaits_head else self._most_message_bytes):
            self._refuse(431 if self._awaits_head else 413)
        elif self._awaits_head and self._message_bytes and self._head_timer is None:
            # From its first byte on: another request on a connection that was kept.
            self._head_timer = self.loop.call_later(HEAD_SECONDS, self._give_up_on_head)

    def _give_up_on_head(self) -> None:
        if self._message_bytes:
            self._refuse(408)
        else:
            self.transport.close()  # opened ahead by a browser, perhaps; nothing was asked

    def _refuse(self, status: int) -> None:
        """And hang up. In the middle of another answer there is no place for a word."""
        if self.transport.is_closing():
            return
        if self.cycle is None or self.cycle.response_complete:
            response = Refusal(status).response_at(getattr(self, "url", b"").decode("ascii", "replace"))
            lines = [STATUS_LINE[status], b"connection: close\r\n"]
            lines += [name + b": " + value + b"\r\n" for name, value in response.raw_headers]
            self.transport.write(b"".join([*lines, b"\r\n", bytes(response.body)]))
        self.transport.close()

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _stop_write_timer(self) -> None:
        if self._write_timer is not None:
            self._write_timer.cancel()
            self._write_timer = None


class _HeadTooLarge(Exception):
    pass


def patient_protocol(
    most_body_bytes: Callable[[str], int], most_idle: int = MOST_IDLE_OF_AN_ADDRESS
) -> type[PatientProtocol]:
    """For one server, with a lobby of its own. `most_body_bytes`: what the app takes at a path."""
    of_server = {"lobby": Lobby(most_idle), "most_body_bytes": staticmethod(most_body_bytes)}
    return type("PatientProtocolOfAServer", (PatientProtocol,), of_server)
