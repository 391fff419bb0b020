"""While the database is lost, full or read-only: a sentence and a time to come back, and back by itself."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from server.app import make_app
from server.jobs import _noted
from server.storage.engine import LONGEST_PAUSE_SECONDS, Database, open_database
from server.storage.outages import PatientPool
from server.storage.pulse import Pulse
from service_hall.shared.errors import OutOfReach
from tests.channels.callers import Clerk, Visitor
from tests.channels.web.conftest import refused
from tests.fakes import TOWN_HALL
from tests.postgresql import Server, find_programs, running_server
from tests.town_house import SharedHallShelf, TownHouse
from tests.visit_town import CARD

QUESTION = "借书证丢了怎么补办"


@pytest.fixture
def halls(tmp_path: Path) -> TownHouse:
    return TownHouse(tmp_path, shelf=SharedHallShelf)


@asynccontextmanager
async def at_the_door(town: TownHouse) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=make_app(town.house))
    async with httpx.AsyncClient(transport=transport, base_url="http://town.test") as client:
        yield client


class Pragma:
    """Said at the beginning of every transaction, while it is on."""

    def __init__(self, engine: Database, on: str, off: str) -> None:
        self._on, self._off = on, off
        self.is_on = False
        sa.event.listen(engine, "begin", self._say)

    def _say(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA {self._on if self.is_on else self._off}")


def read_only(town: TownHouse) -> Pragma:
    return Pragma(town.house.engine, "query_only=ON", "query_only=OFF")


def full_disk(town: TownHouse) -> Pragma:
    return Pragma(town.house.engine, "max_page_count=1", "max_page_count=1000000")


def is_told_to_come_back(response: httpx.Response) -> None:
    refused(response, 503, "unavailable")
    assert int(response.headers["retry-after"]) >= 1


async def ask(http: httpx.AsyncClient, text: str = QUESTION) -> httpx.Response:
    return await http.post("/api/chat/messages", json={"text": text})


async def database_of(http: httpx.AsyncClient) -> tuple[int, str]:
    response = await http.get("/readyz")
    return response.status_code, response.json()["database"]


class TestADatabaseThatTakesNothing:
    async def test_every_door_that_writes_says_so_and_those_that_read_go_on(self, halls: TownHouse) -> None:
        disk = read_only(halls)
        async with at_the_door(halls) as http:
            visitor, clerk = Visitor(http), Clerk(http).signed_in(halls)
            code = await visitor.booked()
            disk.is_on = True
            for response in (
                await Visitor(http, 2).book(),
                await visitor.ask("DELETE", f"/{code}"),
                await visitor.ask("PUT", f"/{code}/consent", json={"share": True}),
                await clerk.here("POST", "/tickets", json={"guide_id": CARD}),
                await http.post(
                    "/api/chat/feedback", json={"answer_id": "a_1", "useful": True}, headers=visitor.headers
                ),
            ):
                is_told_to_come_back(response)
            assert (await visitor.shown(code))["status"] == "booked"
            assert (await http.get(f"/api/queue/{TOWN_HALL}")).status_code == 200
            disk.is_on = False
            assert (await visitor.ask("DELETE", f"/{code}")).json()["status"] == "cancelled"

    async def test_a_question_is_answered_all_the_same(self, halls: TownHouse) -> None:
        disk = read_only(halls)
        disk.is_on = True
        async with at_the_door(halls) as http:
            response = await ask(http)
            assert response.status_code == 200
            assert response.json()["outcome"] == "degraded"
            assert response.json()["replies"][0]["guide_id"] == "library-card-lost"
            is_told_to_come_back(await ask(http, "帮我约明天上午办借书证"))

    async def test_ready_is_not_said_until_it_takes_what_is_written(self, halls: TownHouse) -> None:
        disk = read_only(halls)
        async with at_the_door(halls) as http:
            assert await database_of(http) == (200, "ok")
            disk.is_on = True
            is_told_to_come_back(await Visitor(http).book())
            assert await database_of(http) == (503, "not_writable")
            disk.is_on = False
            assert await database_of(http) == (200, "ok")

    async def test_a_full_disk_loses_no_booking_and_keeps_no_half_of_one(self, halls: TownHouse) -> None:
        disk = full_disk(halls)
        disk.is_on = True
        async with at_the_door(halls) as http:
            openings = (await http.get(f"/api/appointments/openings?guide_id={CARD}&office_id={TOWN_HALL}")).json()[
                "openings"
            ]
            times = [opening["starts_at"] for opening in openings for _ in range(opening["left"])]
            for number, starts_at in enumerate(times):
                response = await Visitor(http, number).book(starts_at=starts_at)
                if response.status_code != 201:
                    break
            is_told_to_come_back(response)
            assert kept(halls) == number
            disk.is_on = False
            assert (await Visitor(http, number).book(starts_at=starts_at)).status_code == 201
            assert kept(halls) == number + 1


def kept(town: TownHouse) -> int:
    with town.house.engine.begin() as transaction:
        counts = [transaction.execute(sa.text(f"SELECT count(*) FROM {name}")) for name in ("visits", "booking_keys")]
        [count] = {each.scalar_one() for each in counts}
        return int(count)


class TestWhatIsSaidOfIt:
    def test_the_log_says_it_once_in_a_while_and_never_what_was_to_be_written(
        self, halls: TownHouse, caplog: pytest.LogCaptureFixture
    ) -> None:
        disk = read_only(halls)
        disk.is_on = True
        for _ in range(5):
            with pytest.raises(OutOfReach), halls.house.engine.begin() as transaction:
                transaction.execute(sa.text("DELETE FROM utterances WHERE said = :said"), {"said": "身份证丢了"})
        assert [record.getMessage() for record in caplog.records] == ["the database is out of reach: SQLITE_READONLY"]

    def test_a_job_leaves_it_at_that(self, caplog: pytest.LogCaptureFixture) -> None:
        def fail() -> None:
            raise OutOfReach

        caplog.set_level(logging.DEBUG)
        _noted(fail)()
        assert caplog.records == []

    def test_connections_that_all_stay_taken_are_an_outage_too(self, tmp_path: Path) -> None:
        engine = sa.create_engine(
            f"sqlite:///{tmp_path / 'busy.sqlite3'}",
            poolclass=PatientPool,
            pool_size=1,
            max_overflow=0,
            pool_timeout=0.01,
        )
        with engine.connect(), pytest.raises(OutOfReach):
            engine.connect()
        with engine.connect():
            pass

    def test_a_fault_of_ours_is_none(self, tmp_path: Path) -> None:
        engine = open_database(f"sqlite:///{tmp_path / 'town.sqlite3'}")
        with pytest.raises(sa.exc.OperationalError), engine.begin() as transaction:
            transaction.execute(sa.text("SELECT * FROM nowhere"))


@pytest.mark.postgres
class TestAPostgresqlThatIsStoppedAndStarted:
    @pytest.fixture
    def server(self) -> Iterator[Server]:
        programs = find_programs()
        if programs is None:
            pytest.skip("no PostgreSQL of our own to stop")
        with running_server(programs) as server:
            yield server

    async def test_every_door_says_so_and_is_back_by_itself(self, server: Server, tmp_path: Path) -> None:
        town = TownHouse(tmp_path, shelf=SharedHallShelf, database_url=server.url)
        async with at_the_door(town) as http:
            visitor = Visitor(http)
            code = await visitor.booked()
            server.stop()
            asked = [visitor.book(key="k"), visitor.ask("GET"), visitor.ask("GET", f"/{code}/ticket")] * 8
            for response in await asyncio.gather(*asked):
                is_told_to_come_back(response)
            assert await database_of(http) == (503, "down")
            answer = (await ask(http)).json()
            assert (answer["outcome"], answer["replies"][0]["guide_id"]) == ("degraded", "library-card-lost")
            is_told_to_come_back(await ask(http, "帮我约明天上午办借书证"))
            server.start()
            assert (await visitor.shown(code))["status"] == "booked"
            assert (await Visitor(http, 2).book()).status_code == 201
            assert (await ask(http)).json()["outcome"] == "answered"
            assert await database_of(http) == (200, "ok")
            pool = town.house.engine.pool
            assert isinstance(pool, sa.QueuePool)
            assert pool.checkedout() == 0
        town.house.engine.dispose()


@pytest.mark.postgres
def test_a_process_that_hangs_in_a_transaction_does_not_hold_its_locks_for_ever(postgres_url: str) -> None:
    engine = open_database(postgres_url)
    with engine.connect() as connection:
        set_to = connection.execute(sa.text("SHOW idle_in_transaction_session_timeout")).scalar_one()
    engine.dispose()
    assert set_to == f"{LONGEST_PAUSE_SECONDS}s"


def test_a_look_at_the_pulse_writes_seldom_while_all_is_well(halls: TownHouse) -> None:
    written: list[str] = []
    sa.event.listen(
        halls.house.engine, "before_cursor_execute", lambda _c, _cu, statement, *_: written.append(statement[:6])
    )
    pulse = Pulse(halls.house.engine)
    assert [pulse.state() for _ in range(5)] == ["ok"] * 5
    assert written.count("INSERT") == 1


def test_a_pool_does_not_tell_of_every_connection(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    engine = open_database(f"sqlite:///{tmp_path / 'town.sqlite3'}")
    engine.connect().close()
    engine.dispose()
    assert caplog.records == []
