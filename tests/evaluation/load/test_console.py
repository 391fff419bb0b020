"""The console over much knowledge and talk, made small: every page is shown, with few queries, by way of an index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from evaluation.load.console import Looked, look_at_all, pages_of, sign_in, too_slow
from evaluation.load.province import seed_deeds, seed_talk, with_guides
from knowledge_base.content_files import Content
from server.app import make_app
from server.jobs import count_days
from tests.fakes import content_of, published
from tests.lived_town import LivedShelf
from tests.town_house import TownHouse

TURNS, DEEDS = 4000, 2000
MOST_QUERIES = 14
"""Of a page, its session's among them; none of them in a loop over what it lists."""
_LARGE = ("turns", "utterances", "answers", "audit_log", "guide_documents", "daily_counts", "monthly_counts")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> TownHouse:
    made = TownHouse(tmp_path_factory.mktemp("province"), shelf=LivedShelf, rate_per_address=10**6)
    items = list(made.house.hall.library().guide_ids)
    seed_talk(made.house.engine, TURNS, items)
    seed_deeds(made.house.engine, DEEDS)
    count_days(made.house)
    return made


@contextmanager
def noting(engine: sa.Engine) -> Iterator[list[tuple[str, object]]]:
    """What is asked of the database meanwhile."""
    found: list[tuple[str, object]] = []

    def note(connection: object, cursor: object, statement: str, parameters: object, *_: object) -> None:
        found.append((statement, parameters))

    sa.event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        sa.event.remove(engine, "before_cursor_execute", note)


def goes_through_all(engine: sa.Engine, statement: str, parameters: object) -> list[str]:
    """Large tables of which every row is looked at."""
    with engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()  # type: ignore[arg-type]
    return [
        table
        for *_, told in plan
        for table in _LARGE
        if re.fullmatch(rf"SCAN {table}", told) and "LIMIT" not in statement
    ]


async def test_every_page_is_shown_with_few_queries_that_an_index_serves(town: TownHouse) -> None:
    engine = town.house.engine
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=make_app(town.house)), base_url="http://bench.test"
    ) as http:
        sign_in(town.house, http)
        for page in pages_of(town.house):
            await http.get(page)  # what is kept between looks is there then
            with noting(engine) as asked:
                response = await http.get(page)
            assert response.status_code == 200, page
            selects = [each for each in asked if each[0].lstrip().startswith("SELECT")]
            assert len(selects) <= MOST_QUERIES, (page, [each[0][:90] for each in selects])
            for statement, parameters in selects:
                assert not goes_through_all(engine, statement, parameters), (page, statement)


async def test_pages_are_measured_one_by_one(town: TownHouse) -> None:
    looked = await look_at_all(make_app(town.house), town.house, looks=1)
    assert {each.page for each in looked} == set(pages_of(town.house))
    assert too_slow({"pages": [{"page": "/console", "p95_ms": 501.0}, {"page": "/x", "p95_ms": 499.0}]}) == [
        "/console: p95 501 ms, 500 at most"
    ]
    assert Looked("/console", 2.0, 1.0, 1.5, 1.2).p95_ms == 1.5


def test_guides_are_made_from_those_that_there_are(tmp_path: Path) -> None:
    content: Content = content_of(published())
    made = with_guides(content, 12)
    assert len(made.documents) == 12 and len({item.id for item in made.catalogue}) == len(made.catalogue)
