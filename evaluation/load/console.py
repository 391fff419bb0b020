"""Every page of the console over a province's knowledge and a year's talk: `python -m evaluation.load.console`.

Ten thousand guides and a million turns in SQLite, made from what is shipped; then each page is looked at again and
again, one at a time, through the whole application. Writes var/evaluation/console.json, and fails where the 95th
percentile of a page is above half a second.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI, Response

from channels.console.staff import StaffDesk
from evaluation.load.blocks import percentile
from evaluation.load.province import NOW, Sizes, seed
from evaluation.results import RESULTS, read_json, write_json
from evaluation.tables import Table
from knowledge_base.search.embed import SHIPPED_MODEL
from server.app import make_app
from server.bootstrap import House, open_house
from server.garbage import spare_the_collector
from server.settings import ROOT, Settings
from server.storage.staff_store import StaffStore
from service_hall.conversation.archive import WantedTurns
from service_hall.publishing.draft import OPEN
from service_hall.staff.accounts import Duties
from service_hall.staff.roles import Role

RESULT = RESULTS / "console.json"
VAR = ROOT / "var" / "bench" / "console"
SIZES = Sizes(guides=10_000, turns=1_000_000, audit=100_000)
MOST_P95_MS = 500.0
LOOKS = 12
SECRET = "a secret of the bench, and of nothing else"
WHO = "bench"
_PLAIN = (
    "",
    "/knowledge/asked",
    "/knowledge/asked?days=90",
    "/knowledge/asked/tasks",
    "/knowledge/guides",
    "/knowledge/guides?q=身份证",
    "/knowledge/guides?page=150",
    "/knowledge/questions",
    "/knowledge/questions?q=身份证丢了",
    "/knowledge/drafts",
    "/knowledge/reviews",
    "/knowledge/testing",
    "/knowledge/testing?q=身份证丢了怎么补办",
    "/knowledge/testing/sets/new",
    "/knowledge/exchange",
    "/scenarios",
    "/scenarios?as_of=2025-06-01",
    "/rates",
    "/conversations",
    "/conversations?words=火星&outcome=not_found",
    "/conversations?words=没有这样的话",
    "/conversations?first=2026-01-01&last=2026-01-31&channel=wechat",
    "/figures",
    "/figures?first=2025-11-24&last=2026-11-23",
    "/orders",
    "/offices",
    "/offices/exchange",
    "/facts",
    "/staff",
    "/staff/new",
    "/audit",
    "/audit?by=staff-7&kind=guide",
    "/audit?since=2026-01-01&until=2026-01-31",
    "/account",
)


@dataclass(frozen=True)
class Looked:
    page: str
    first_ms: float
    p50_ms: float
    p95_ms: float
    """On the clock: whatever else the machine does is in it."""
    work_ms: float
    """Of the processor, 95th percentile."""


def make(sizes: Sizes = SIZES, var: Path = VAR) -> None:
    """What is looked at. `var`: emptied first."""
    shutil.rmtree(var, ignore_errors=True)
    began = time.monotonic()
    seed(_settings(var).sqlalchemy_url, sizes)
    print(f"made in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)


def measure(sizes: Sizes = SIZES, var: Path = VAR) -> dict[str, Any]:
    """Of what was made there, which is gone afterwards."""
    began = time.monotonic()
    house = open_house(_settings(var), clock=_clock)
    spare_the_collector()  # as the service does once it has opened
    print(f"opened in {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    looked = asyncio.run(look_at_all(make_app(house), house, LOOKS))
    house.publishing.close()
    house.engine.dispose()
    shutil.rmtree(var, ignore_errors=True)
    return {**asdict(sizes), "looks": LOOKS, "pages": [asdict(each) for each in looked]}


def _settings(var: Path) -> Settings:
    return Settings(
        var=var, database_url="", secret_key=SECRET, test_clock=None, embedding_model=str(SHIPPED_MODEL),
        rate_per_address=10**9, rate_per_visitor=10**9,
    )  # fmt: skip


def _clock() -> datetime:
    return NOW


async def look_at_all(app: FastAPI, house: House, looks: int) -> list[Looked]:
    """Raises for a page that is not shown."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://bench.test") as http:
        sign_in(house, http)
        found = []
        for page in pages_of(house):
            times = [await _timed(http, page) for _ in range(looks + 1)]
            again, work = sorted(took for took, _ in times[1:]), sorted(worked for _, worked in times[1:])
            found.append(Looked(page, times[0][0], percentile(again, 50), percentile(again, 95), percentile(work, 95)))
            print(f"{found[-1].p95_ms:8.1f} ms, work {found[-1].work_ms:8.1f} ms  {page}", file=sys.stderr, flush=True)
        return found


def sign_in(house: House, http: httpx.AsyncClient) -> None:
    """As an administrator, without a password, which would take its time."""
    StaffStore(house.engine).add(WHO, "no hash", NOW, Duties(frozenset({Role.ADMINISTRATOR})))
    response = Response()
    StaffDesk(house.secret_key, house.accounts).sign_in(response, WHO, house.accounts.session_mark(WHO) or "")
    name, _, value = response.headers["set-cookie"].partition(";")[0].partition("=")
    http.cookies.set(name, value.strip('"'), domain="bench.test", path="/")


def pages_of(house: House) -> Iterator[str]:
    """Each page, of something that there is."""
    library, records = house.hall.library(), house.publishing.desk.records
    guide, scenario = library.guide_ids[-1], next(iter(library.published.scenarios))
    office, rates = library.published.offices[0].id, next(iter(library.published.rates.files))
    topic = next(iter(library.published.topics), None)
    draft = next(iter(records.drafts(sorted(OPEN))), None)
    yield from (f"/console{page}" for page in _PLAIN)
    knowledge = "/console/knowledge"
    yield f"{knowledge}/guides/{guide}"
    yield f"{knowledge}/guides/{guide}/history"
    if draft:
        yield from (f"{knowledge}/drafts/{draft.draft_id}{rest}" for rest in ("", "/parts/-", "/new"))
        yield f"{knowledge}/reviews/{draft.draft_id}"
    yield from (f"/console/scenarios/{scenario}{rest}" for rest in ("", "?as_of=2025-06-01", "/try", "/history"))
    yield f"/console/rates/{rates}"
    yield f"/console/offices/{office}"
    if topic:
        yield f"/console/facts/{topic}@{library.published.topics[topic][0].region}"
    turns = house.archive.search(WantedTurns()).turns
    if turns:
        yield f"/console/conversations/{turns[0].message_id}"
    yield f"/console/staff/accounts/{WHO}"


def page_table(result: Mapping[str, Any]) -> Table:
    rows = [
        (each["page"], each["first_ms"], each["p50_ms"], each["p95_ms"], each["work_ms"]) for each in result["pages"]
    ]
    title = f"Pages of the console: {result['guides']} guides, {result['turns']} turns, {result['looks']} looks each"
    return Table(title, ("page", "first ms", "p50 ms", "p95 ms", "of the processor"), tuple(rows))


def too_slow(result: Mapping[str, Any]) -> list[str]:
    return [
        f"{each['page']}: p95 {each['p95_ms']:.0f} ms, {MOST_P95_MS:.0f} at most"
        for each in result["pages"]
        if each["p95_ms"] > MOST_P95_MS
    ]


def report(sizes: Sizes = SIZES, *, is_made: bool = False) -> bool:
    """Whether a page is too slow. `is_made`: by an earlier run."""
    if not is_made:
        make(sizes)
    write_json(RESULT, measure(sizes))
    result = read_json(RESULT) or {}
    print(page_table(result))
    slow = too_slow(result)
    print(*slow, sep="\n", end="\n" if slow else "", file=sys.stderr)
    return bool(slow)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--guides", type=int, default=SIZES.guides)
    options.add_argument("--turns", type=int, default=SIZES.turns)
    options.add_argument("--only", choices=("make", "look"), help="one half of it: the other one is done apart")
    chosen = options.parse_args()
    sizes = Sizes(chosen.guides, chosen.turns, max(1, chosen.turns // 10))
    if chosen.only == "make":
        make(sizes)
        return 0
    return int(report(sizes, is_made=chosen.only == "look"))


async def _timed(http: httpx.AsyncClient, page: str) -> tuple[float, float]:
    """Milliseconds on the clock, and of the processor."""
    began, worked = time.perf_counter(), time.process_time()
    response = await http.get(page)
    took, work = (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000
    if response.status_code != 200:
        raise RuntimeError(f"{page}: {response.status_code}")
    return took, work


if __name__ == "__main__":
    sys.exit(main())
