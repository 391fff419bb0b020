"""What is published answers without a restart, on every node; and nothing is lost while all is made anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from knowledge_base.kept import FaultyEdit, Kind
from knowledge_base.library import Library, build_library
from knowledge_base.model import CatalogueItem
from knowledge_base.search.find import Answered
from server import shelf as shelf_module
from server.knowledge_watch import KnowledgeWatch
from server.shelf import Shelf
from server.storage.engine import Database, open_database
from server.storage.knowledge_store import KnowledgeStore
from service_hall.shared.errors import OutOfReach
from tests.databases import open_copy
from tests.fakes import (
    CARD_LOST,
    DOG,
    STALL,
    TOWN,
    FixedClock,
    document,
    fake_embed,
    guide_body,
    statement,
    telling,
    town_intents,
)
from tests.town_house import seed_town

DRONE = guide_body("drone-register", "无人机实名登记", "登记无人机", ["无人机登记"], ["航拍器要不要登记"])
DRONE_ITEM = CatalogueItem(id="drone-register", name="无人机实名登记", theme="示范", audience="个人", place=99)
LEASH = telling(DOG, statement("leash", "note", "遛狗要牵绳。", aspects=["overview"], asked=["遛狗不牵绳罚不罚"]))


@dataclass
class Node:
    engine: Database
    clock: FixedClock
    shelf: Shelf

    @property
    def store(self) -> KnowledgeStore:
        return self.shelf.store

    @property
    def library(self) -> Library:
        return self.shelf.library()

    def publish(self, body: dict[str, object]) -> None:
        self.store.edit_guide_document(document(body), self.clock())


def node_on(engine: Database) -> Node:
    clock = FixedClock()
    shelf = Shelf(KnowledgeStore(engine), fake_embed, town_intents(), TOWN, clock)
    shelf.restock()
    return Node(engine, clock, shelf)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "town.sqlite3"


@pytest.fixture
def node(file: Path) -> Iterator[Node]:
    engine = open_copy(file, seed_town)
    yield node_on(engine)
    engine.dispose()


def guide_found(library: Library, question: str) -> str:
    found = library.find(question)
    return found.hit.guide_id if isinstance(found, Answered) else ""


def test_an_edit_answers_once_it_was_looked_for(node: Node) -> None:
    assert node.library.listed.only_guide("遛狗不牵绳罚不罚") == ""
    node.publish(LEASH)
    node.shelf.catch_up()
    assert guide_found(node.library, "遛狗不牵绳罚不罚") == "dog-register"
    guide = node.library.guide("dog-register")
    assert guide and guide.statement("leash")


def test_a_new_item_and_its_guide_answer(node: Node) -> None:
    node.store.edit_item(DRONE_ITEM, node.clock())
    node.shelf.catch_up()
    assert node.library.title("drone-register") == "无人机实名登记"
    node.publish(DRONE)
    node.shelf.catch_up()
    assert guide_found(node.library, "航拍器要不要登记") == "drone-register"
    assert node.library.suggest("wrjdj", 8) == ["无人机登记"]


def test_a_guide_of_no_item_is_refused(node: Node) -> None:
    with pytest.raises(FaultyEdit):
        node.publish(DRONE)


def test_another_node_on_the_same_database_sees_it_too(node: Node, file: Path) -> None:
    other = node_on(open_database(f"sqlite:///{file}"))
    node.publish(LEASH)
    other.shelf.catch_up()
    assert guide_found(other.library, "遛狗不牵绳罚不罚") == "dog-register"
    other.engine.dispose()


def test_where_nothing_changed_the_library_stays_the_same(node: Node) -> None:
    before = node.library
    node.shelf.catch_up()
    assert node.library is before


def test_what_staff_end_today_is_gone_tomorrow_without_being_made_anew(node: Node) -> None:
    node.publish({**STALL, "effective_to": node.clock().date().isoformat()})
    node.shelf.catch_up()
    assert node.library.guide("night-stall")
    node.clock.at += timedelta(days=1)
    node.shelf.catch_up()
    assert node.library.on == node.clock().date() and node.library.guide("night-stall") is None
    assert guide_found(node.library, "夜市摆个摊要办啥手续") == "" and node.library.suggest("夜市", 8) == []


def test_what_was_published_while_all_is_made_anew_is_in_it(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    build, reading, go_on = build_library, Event(), Event()

    def slowly(*args: object, **given: object) -> Library:
        reading.set()
        assert go_on.wait(30)
        return build(*args, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(shelf_module, "build_library", slowly)
    anew = Thread(target=node.shelf.restock)
    anew.start()
    assert reading.wait(30)
    node.publish(LEASH)
    node.shelf.catch_up()
    assert guide_found(node.library, "遛狗不牵绳罚不罚") == "dog-register"
    go_on.set()
    anew.join(30)
    assert guide_found(node.library, "遛狗不牵绳罚不罚") == "dog-register" and node.library.index.beside > 0


def test_a_row_that_somebody_spoilt_by_hand_is_left_out_and_named(node: Node, caplog: pytest.LogCaptureFixture) -> None:
    node.publish(telling(CARD_LOST, statement("summary", "summary", "补办改到网上了。")))
    with node.engine.begin() as transaction:
        transaction.exec_driver_sql("UPDATE guide_documents SET body = '{}' WHERE guide_id = 'library-card-lost'")
    node.shelf.catch_up()
    assert node.library.guide("library-card-lost") is None
    assert [fault.kind for fault in node.shelf.faults] == [Kind.DOCUMENT] and "library-card-lost" in caplog.text
    node.publish(CARD_LOST)
    node.shelf.catch_up()
    assert node.shelf.faults == () and node.library.guide("library-card-lost")


def test_a_row_that_was_deleted_is_found_no_more(node: Node) -> None:
    node.publish(LEASH)
    with node.engine.begin() as transaction:
        transaction.exec_driver_sql("DELETE FROM catalogue_items WHERE item_id = 'dog-register'")
    node.shelf.catch_up()
    assert node.library.title("dog-register") == "" and node.library.guide("dog-register") is None
    assert not any(hit.guide_id == "dog-register" for hit in node.library.find("养狗要不要上证").hits)


def test_with_much_beside_it_is_worn_and_made_anew_it_is_not(node: Node, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf_module, "MOST_BESIDE", 3)
    assert not node.shelf.is_worn
    node.publish(LEASH)
    node.shelf.catch_up()
    assert node.shelf.is_worn
    node.shelf.restock()
    assert not node.shelf.is_worn and guide_found(node.library, "遛狗不牵绳罚不罚") == "dog-register"


def test_a_region_that_changed_wants_all_anew(node: Node) -> None:
    with node.engine.begin() as transaction:
        transaction.exec_driver_sql("INSERT INTO knowledge_changes (kind, thing_id) VALUES ('region', '880101')")
    node.shelf.catch_up()
    assert node.shelf.is_worn
    node.shelf.restock()
    assert not node.shelf.is_worn


class TestWatch:
    def test_it_looks_again_and_again_and_ends_when_told(self) -> None:
        looks, enough = [0], Event()

        def look() -> None:
            looks[0] += 1
            if looks[0] == 3:
                enough.set()

        watch = KnowledgeWatch(look)
        watch.start()
        assert enough.wait(30)
        watch.stop()

    def test_a_fault_is_told_and_it_looks_again(
        self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        monkeypatch.setattr("server.knowledge_watch.AFTER_A_FAULT_SECONDS", 0.01)
        faults, again = iter([OutOfReach("away"), ValueError("broken")]), Event()

        def look() -> None:
            if fault := next(faults, None):
                raise fault
            again.set()

        watch = KnowledgeWatch(look)
        watch.start()
        assert again.wait(30)
        watch.stop()
        assert caplog.text.count("not taken up yet") == 1
