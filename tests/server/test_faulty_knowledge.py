"""Published knowledge that somebody spoilt in the database: the service starts, and says what it leaves out."""

from __future__ import annotations

import json
import time
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from evaluation.stack import environment_of, free_ports
from knowledge_base.content_files import load_content
from knowledge_base.kept import FaultyEdit
from knowledge_base.model import RegionCode
from knowledge_base.published import words_of_knowledge
from knowledge_base.sifting import sift
from server import bootstrap, shelf
from server.app import make_app
from server.bootstrap import open_house
from server.posts import services_post
from server.processes import log_of, start_service, stop
from server.settings import Settings
from server.storage.engine import Database, migrate, open_database
from server.storage.knowledge_store import KnowledgeStore
from tests.fakes import DOG, TODAY, FixedClock, document, published, town_intents
from tests.made_once import intents_are_learned
from tests.town_house import TownHouse

HOME = RegionCode("990100")
SPOILT = "UPDATE guide_documents SET body = :body, edited_at = '2026-06-01 09:00:00' WHERE guide_id = :id"
FAULTS = {
    "empty": (SPOILT, "id-card-lost", "{}"),
    "a list": (SPOILT, "id-card-lost", "[]"),
    "nothing": (SPOILT, "id-card-lost", "null"),
    "a word": (SPOILT, "id-card-lost", '"x"'),
    "no JSON": (SPOILT, "id-card-lost", "{张三"),
    "no UTF-8": (SPOILT, "id-card-lost", b"\xff\xfe"),
    "too deep": (SPOILT, "id-card-lost", "[" * 100_000),
    "questions": (SPOILT.replace(":body", "json_set(body, '$.questions', 5)"), "id-card-lost", None),
    "a day": (SPOILT.replace(":body", "json_set(body, '$.effective_from', '2026-99-99')"), "id-card-lost", None),
    "when it was edited": (SPOILT.replace("2026-06-01 09:00:00", "yesterday"), "id-card-lost", "{}"),
    "a topic": (SPOILT, "hall-parking", "{}"),
    "a blank": (SPOILT.replace(":body", "json_set(body, '$.lead.text', '{nowhere}')"), "hall-parking", None),
    "an item": ("UPDATE catalogue_items SET body = :body WHERE item_id = :id", "id-card-lost", "{}"),
    "an office": ("UPDATE offices SET body = :body", "", "{}"),
    "every region": ("UPDATE regions SET body = :body", "990100", "{}"),
    "a stranger": (
        "INSERT INTO guide_documents (guide_id, region, effective_from, body) VALUES (:id, '000000', '', :body)",
        "no-such-guide",
        '{"id": "no-such-guide", "region": "000000"}',
    ),
    "everything": ("UPDATE guide_documents SET body = :body", "id-card-lost", "{}"),
}


def spoil(engine: Database, name: str) -> str:
    """The id that must be named."""
    statement, spoilt_id, body = FAULTS[name]
    values = {"id": spoilt_id, "body": body}
    with engine.begin() as transaction:
        transaction.execute(sa.text(statement), {each: values[each] for each in values if f":{each}" in statement})
    return spoilt_id


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("seeded") / "wenban.sqlite3"
    engine = open_database(f"sqlite:///{file}")
    migrate(engine)
    KnowledgeStore(engine).seed(load_content())
    engine.dispose()
    return file.read_bytes()


@pytest.fixture
def own(tmp_path: Path, seeded: bytes) -> Settings:
    settings = Settings(var=tmp_path, database_url="", region="990100", admin_password="only for tests", secret_key="")
    (tmp_path / "wenban.sqlite3").write_bytes(seeded)
    return settings


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_read_past_and_named(name: str, own: Settings) -> None:
    engine = open_database(own.sqlalchemy_url)
    spoilt_id = spoil(engine, name)
    store, content = KnowledgeStore(engine), load_content()
    assert store.seed(content).added == 0
    sifted = sift(store.kept(), HOME, TODAY, content.regions)
    named = [str(fault) for fault in sifted.faults]
    assert [each for each in named if spoilt_id in each]
    assert "张三" not in "".join(named)
    assert sifted.published.regions[HOME].name
    words_of_knowledge(sifted.published)
    assert ("passport-first" in sifted.published.documents) == (name != "everything")
    engine.dispose()


@pytest.mark.parametrize(
    "together",
    [("no JSON", "a blank", "an office", "every region", "a stranger"), ("everything", "when it was edited")],
)
def test_the_house_opens_over_them_and_names_each_once(
    together: tuple[str, ...], own: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # The reader of intents takes long to learn, and is tested elsewhere.
    monkeypatch.setattr(bootstrap, "load_intent_reader", town_intents)
    engine = open_database(own.sqlalchemy_url)
    spoilt = [spoil(engine, name) for name in together]
    engine.dispose()
    house = open_house(own)
    named = warnings_in(caplog)
    assert len(named) == len(house.shelf.faults)
    assert [spoilt_id for spoilt_id in spoilt if not any(spoilt_id in each for each in named)] == []
    assert "张三" not in caplog.text
    assert house.shelf.library().main_hall() is None or "an office" not in together
    caplog.clear()
    house.shelf.restock()  # as at midnight
    assert warnings_in(caplog) == []
    house.engine.dispose()


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.getMessage() for each in caplog.records if each.name == shelf.__name__ and each.levelno >= 30]


def test_the_service_starts_over_it_and_stays_ready_to_be_asked(own: Settings) -> None:
    intents_are_learned()
    engine = open_database(own.sqlalchemy_url)
    spoil(engine, "empty")
    engine.dispose()
    public, actions, rasa = free_ports(3)
    changed = {"port": public, "actions_port": actions, "rasa_url": f"http://127.0.0.1:{rasa}"}
    own = own.model_copy(update=changed)
    service = start_service(own, environment_of(own))
    try:
        address = f"http://127.0.0.1:{public}"
        while service.is_running and not services_post(own).is_answering():
            time.sleep(0.1)  # another process takes part; pytest's time-out bounds it
        with httpx.Client(base_url=address, trust_env=False, timeout=30) as http:
            told = http.get("/readyz").json()
            assert (told["index"], told["faulty_documents"]) == (
                "ok",
                3,
            )  # one of the nation, one of the town, one of a district
            assert "wenban_faulty_documents 3.0" in http.get("/metrics").text
            assert http.get("/api/knowledge/guides/id-card-lost").status_code == 404
            assert http.get("/api/knowledge/guides/passport-first").status_code == 200
    finally:
        stop([service])
    log = log_of("service", own.var).read_text("utf-8")
    assert log.count("document id-card-lost 000000 ") == 1


async def test_it_stays_ready_and_tells_how_many(tmp_path: Path) -> None:
    town = TownHouse(tmp_path, knowledge=published())
    with town.house.engine.begin() as transaction:
        transaction.execute(sa.text("UPDATE offices SET body = '{}'"))
    town.house.shelf.restock()
    transport = httpx.ASGITransport(app=make_app(town.house))
    async with httpx.AsyncClient(transport=transport, base_url="http://town.test") as http:
        response = await http.get("/readyz")
    assert (response.status_code, response.json()["status"]) == (200, "ready")
    assert response.json()["faulty_documents"] == 3


def test_an_edit_that_is_faulty_changes_nothing(tmp_path: Path) -> None:
    town = TownHouse(tmp_path, knowledge=published())
    store = KnowledgeStore(town.house.engine)
    before = store.kept()
    with pytest.raises(FaultyEdit) as refused:
        store.edit_guide_document(document({**DOG, "summary": ""}), FixedClock()())
    assert [fault.places for fault in refused.value.faults if fault.key[1] == "000000"] == [("summary",)]
    assert json.dumps(store.kept().documents, default=str) == json.dumps(before.documents, default=str)
