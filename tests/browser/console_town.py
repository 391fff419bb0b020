"""The console of the made-up town, served to a real browser. Without Rasa: nobody talks to it here."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import Response
from playwright.sync_api import Browser, Page

from channels.console.staff import COOKIE, StaffDesk
from server.app import make_app
from server.storage.staff_store import StaffStore
from service_hall.staff.accounts import Duties
from service_hall.staff.roles import Role
from tests.town_house import SECRET, TownHouse

Sits = Callable[[str, Role], Page]


@contextmanager
def serving(town: TownHouse) -> Iterator[str]:
    """Its address."""
    server = uvicorn.Server(uvicorn.Config(make_app(town.house), port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    [listening] = server.servers[0].sockets
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()


@contextmanager
def seats(browser: Browser, town: TownHouse, address: str, size: tuple[int, int]) -> Iterator[Sits]:
    """Whoever is named sits at a browser of her own, signed in."""
    contexts = []

    def sit(name: str, role: Role) -> Page:
        accounts, response = town.house.accounts, Response()
        StaffStore(town.house.engine).add(name, "no password's hash", town.clock(), Duties(frozenset({role})))
        StaffDesk(SECRET, accounts).sign_in(response, name, accounts.session_mark(name) or "")
        [kept] = re.findall(rf'{COOKIE}="?([^;"]+)', response.headers["set-cookie"])
        context = browser.new_context(base_url=address, viewport={"width": size[0], "height": size[1]})
        context.add_cookies([{"name": COOKIE, "value": kept, "url": address}])
        contexts.append(context)
        return context.new_page()

    yield sit
    for context in contexts:
        context.close()
