"""Seeding and migrating, on both databases: what staff changed is theirs, and nodes that start together agree."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from subprocess import PIPE
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from knowledge_base.content_files import Content
from knowledge_base.kept import FaultyEdit, Kind
from knowledge_base.library import Published
from knowledge_base.model import CatalogueItem
from knowledge_base.sifting import sift
from server.settings import ROOT
from server.storage.audit_store import AuditStore
from server.storage.engine import Database, migrate, writing
from server.storage.knowledge_store import KnowledgeStore, Seeded, digest_of_office
from server.storage.schema import guide_documents, metadata, whole_guides
from service_hall.shared.clock import SHANGHAI
from service_hall.staff.audit import Entry, Wanted
from tests.contract.conftest import OpenAgain, move
from tests.fakes import (
    CARD_LOST,
    DOG,
    DOG_IN_EAST,
    TODAY,
    TOWN,
    TOWN_HALL,
    content_of,
    document,
    legal_text,
    published,
    regions,
    sources,
    statement,
    telling,
)

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=SHANGHAI)
ROWS = 6 + 6 + 3 + 8 + 2
"""Regions, catalogue items, offices, guide documents and sources of the made-up town."""
CHANGED = telling(CARD_LOST, statement("summary", "summary", "补办改到网上了。"))


def content(*changed: dict[str, Any], left_out: Sequence[str] = ()) -> Content:
    """The made-up town's files; `changed` bodies stand in for those of the same guide, region and first day."""
    town = published()
    new = {(body["id"], body["region"], body["effective_from"]): document(body) for body in changed}
    documents = {
        guide_id: tuple(new.get((each.guide_id, each.region, str(each.body["effective_from"])), each) for each in files)
        for guide_id, files in town.documents.items()
        if guide_id not in left_out
    }
    return replace(content_of(town), documents=documents)


def rows_of(engine: Database) -> list[Any]:
    """Every row that seeding may touch, in an order of its own."""
    with engine.begin() as transaction:
        return [
            tuple(row)
            for name in ("guide_documents", "offices", "regions", "catalogue_items", "sources")
            for row in transaction.execute(
                sa.select(metadata.tables[name]).order_by(*metadata.tables[name].primary_key.columns)
            )
        ]


@pytest.fixture
def store(engine: Database) -> KnowledgeStore:
    return KnowledgeStore(engine)


class TestSeeding:
    def test_an_empty_database_takes_everything_in(self, store: KnowledgeStore) -> None:
        assert store.seed(content()) == Seeded(added=ROWS)

    def test_what_was_seeded_is_published_as_the_files_say(self, store: KnowledgeStore) -> None:
        store.seed(content())
        kept, town = _published(store), published()
        assert {region.code: region for region in kept.regions} == {region.code: region for region in regions()}
        assert {item.id for item in kept.catalogue} == {item.id for item in town.catalogue}
        assert {office.id: office for office in kept.offices} == {office.id: office for office in town.offices}
        assert kept.sources == town.sources
        assert {guide_id: {each.region: each.body for each in files} for guide_id, files in kept.documents.items()} == {
            guide_id: {each.region: each.body for each in files} for guide_id, files in town.documents.items()
        }

    def test_the_same_files_twice_change_nothing(self, store: KnowledgeStore, engine: Database) -> None:
        store.seed(content())
        before = rows_of(engine)
        assert store.seed(content()) == Seeded()
        assert rows_of(engine) == before

    def test_a_changed_file_renews_a_row_that_nobody_touched(self, store: KnowledgeStore) -> None:
        store.seed(content())
        assert store.seed(content(CHANGED)) == Seeded(renewed=1)
        [kept] = _published(store).documents["library-card-lost"]
        assert kept.body["statements"][0]["says"] == "补办改到网上了。"

    def test_a_changed_source_renews_its_row(self, store: KnowledgeStore) -> None:
        store.seed(content())
        amended = legal_text("rule", "溪城办事办法", {"3": "十个工作日内办结。"}, version="2026-05-01")
        assert store.seed(replace(content(), sources={**sources(), "rule": amended})) == Seeded(renewed=1)
        assert _published(store).sources["rule"] == amended

    def test_a_file_for_a_new_first_day_stands_beside_the_old(self, store: KnowledgeStore) -> None:
        store.seed(content())
        later = document({**CARD_LOST, "effective_from": "2027-01-01"})
        now = content()
        files = {**now.documents, "library-card-lost": (*now.documents["library-card-lost"], later)}
        assert store.seed(replace(now, documents=files)) == Seeded(added=1)
        assert len(_published(store).documents["library-card-lost"]) == 2

    def test_what_staff_changed_is_never_overwritten(self, store: KnowledgeStore) -> None:
        store.seed(content())
        store.edit_guide_document(document({**DOG_IN_EAST, "remove": ["chip-fee"]}), NOON)
        assert store.seed(content({**DOG_IN_EAST, "remove": ["fee"]})) == Seeded(kept=1)
        assert _body(store, "dog-register", "880101")["remove"] == ["chip-fee"]

    def test_a_staff_change_outlives_a_restart_with_the_same_files(self, store: KnowledgeStore) -> None:
        store.seed(content())
        store.edit_guide_document(document({**DOG, "short_name": "大厅改过的话"}), NOON)
        assert store.seed(content()).renewed == 0
        assert _body(store, "dog-register", "000000")["short_name"] == "大厅改过的话"

    def test_a_document_that_staff_added_stays(self, store: KnowledgeStore) -> None:
        store.seed(content())
        store.edit_guide_document(document({**DOG_IN_EAST, "region": "880101001", "add": []}), NOON)
        assert store.seed(content()) == Seeded()
        assert _body(store, "dog-register", "880101001")["id"] == "dog-register"

    def test_a_file_that_is_gone_withdraws_nothing(self, store: KnowledgeStore) -> None:
        store.seed(content())
        assert store.seed(content(left_out=["night-stall"])) == Seeded()
        assert "night-stall" in _published(store).documents

    def test_a_seed_that_fails_half_way_leaves_nothing(
        self, store: KnowledgeStore, engine: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        broken = content()
        monkeypatch.setitem(broken.documents, "night-stall", (document({**DOG, "id": "x" * 64, "extra": object()}),))
        with pytest.raises(TypeError):
            store.seed(broken)
        assert rows_of(engine) == []

    def test_nodes_that_seed_at_once_leave_one_copy(self, engine: Database, another_node: OpenAgain) -> None:
        together = threading.Barrier(3)

        def seed() -> Seeded:
            store = KnowledgeStore(another_node())
            together.wait()
            return store.seed(content())

        with ThreadPoolExecutor(3) as pool:
            seeded = [done.result() for done in [pool.submit(seed) for _ in range(3)]]
        assert sorted(each.added for each in seeded) == [0, 0, ROWS]
        assert len(rows_of(engine)) == ROWS


class TestChanges:
    def test_what_was_seeded_was_published_and_the_same_files_again_were_not(self, store: KnowledgeStore) -> None:
        assert store.last_change() == 0 and store.changed_since(0) is None
        store.seed(content())
        number = store.last_change()
        store.seed(content())
        assert number > 0 and store.last_change() == number and store.changed_since(number) is None

    def test_of_an_edit_its_guide_alone_is_told_with_all_its_documents(self, store: KnowledgeStore) -> None:
        store.seed(content())
        number = store.last_change()
        store.edit_guide_document(document({**DOG_IN_EAST, "remove": ["chip-fee"]}), NOON)
        changed = store.changed_since(number)
        assert changed and changed.number == store.last_change()
        assert changed.ids[Kind.DOCUMENT] == {"dog-register"}
        assert {row.key[1] for row in changed.kept.documents} == {"000000", TOWN, "880101", "880102"}
        assert [row.key for row in changed.kept.catalogue] == [("dog-register",)] and changed.kept.offices == []

    def test_a_new_item_is_told_and_kept_by_the_seed(self, store: KnowledgeStore) -> None:
        store.seed(content())
        number = store.last_change()
        item = CatalogueItem(id="drone-register", name="无人机登记", theme="示范", audience="个人")
        store.edit_item(item, NOON)
        store.edit_item(item.model_copy(update={"name": "无人机实名登记"}), NOON)
        changed = store.changed_since(number)
        assert changed and [row.body["name"] for row in changed.kept.catalogue] == ["无人机实名登记"]
        assert store.seed(content()) == Seeded()

    def test_old_changes_are_forgotten_and_the_last_number_stays(self, store: KnowledgeStore) -> None:
        store.seed(content())
        assert store.forget_changes(NOON + timedelta(days=99)) == 0  # of those nobody knows when
        item = CatalogueItem(id="drone-register", name="无人机登记", theme="示范", audience="个人")
        for days in (0, 1, 20):
            store.edit_item(item, NOON + timedelta(days=days))
        number = store.last_change()
        seeded = number - 3
        assert store.forget_changes(NOON + timedelta(days=10)) == seeded + 1
        assert store.changed_since(number - 2) is not None and store.changed_since(number) is None
        assert store.forget_changes(NOON + timedelta(days=60)) == 1 and store.last_change() == number
        store.edit_item(item, NOON + timedelta(days=61))
        assert store.last_change() == number + 1

    def test_a_refused_edit_is_no_change(self, store: KnowledgeStore) -> None:
        store.seed(content())
        number = store.last_change()
        with pytest.raises(FaultyEdit):
            store.edit_guide_document(document({**DOG, "short_name": ""}), NOON)
        assert store.changed_since(number) is None


class TestMigrations:
    def test_from_empty_they_make_what_the_schema_says(self, empty_engine: Database) -> None:
        migrate(empty_engine)
        with empty_engine.connect() as connection:
            # SQLite reflects defaults in a spelling of its own.
            defaults = connection.dialect.name == "postgresql"
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": defaults}
            )
            assert compare_metadata(context, metadata) == []

    def test_a_second_run_changes_nothing(self, engine: Database) -> None:
        KnowledgeStore(engine).seed(content())
        before = rows_of(engine)
        migrate(engine)
        assert rows_of(engine) == before

    def test_all_of_them_are_one_transaction(self, empty_engine: Database) -> None:
        commits: list[sa.Connection] = []
        sa.event.listen(empty_engine, "commit", commits.append)
        migrate(empty_engine)
        assert len(commits) == 1

    def test_whole_guides_give_way_to_statements_and_what_staff_changed_is_put_aside(
        self, empty_engine: Database
    ) -> None:
        move(empty_engine, command.upgrade, "0007")
        whole = {"id": "dog-register", "region": "000000", "summary": "给狗上证。"}
        written = [("dog-register", "000000", None), ("night-stall", "000000", NOON), ("dog-register", "880101", None)]
        with writing(empty_engine).begin() as transaction:
            for guide_id, region, edited_at in written:
                key = {"guide_id": guide_id, "region": region, "effective_from": "2020-01-01"}
                row = {**key, "body": {**whole, "id": guide_id}, "seed_digest": "", "edited_at": edited_at}
                transaction.execute(sa.insert(guide_documents).values(**row))
        migrate(empty_engine)
        with empty_engine.begin() as transaction:
            (aside,) = transaction.execute(sa.select(whole_guides)).all()
            assert transaction.execute(sa.select(guide_documents)).all() == []
        assert (aside.guide_id, aside.body["summary"], aside.edited_at) == ("night-stall", "给狗上证。", NOON)
        assert KnowledgeStore(empty_engine).seed(content()) == Seeded(added=ROWS)

    def test_a_way_back_brings_what_was_put_aside(self, empty_engine: Database) -> None:
        migrate(empty_engine)
        row = {"guide_id": "night-stall", "region": "000000", "effective_from": "2020-01-01", "edited_at": NOON}
        with writing(empty_engine).begin() as transaction:
            transaction.execute(sa.insert(whole_guides).values(**row, body={"summary": "改过的。"}))
        KnowledgeStore(empty_engine).seed(content())
        move(empty_engine, command.downgrade, "0007")
        with empty_engine.begin() as transaction:
            (kept,) = transaction.execute(sa.select(guide_documents)).all()
        assert (kept.guide_id, kept.body, kept.seed_digest) == ("night-stall", {"summary": "改过的。"}, "")

    def test_events_that_files_brought_give_way_to_scenarios_and_what_staff_changed_stays(
        self, empty_engine: Database
    ) -> None:
        move(empty_engine, command.upgrade, "0019")
        written = [
            ("hall-event-birth", None),
            ("hall-event-death", NOON),
            ("hall-parking", None),
            ("hall_eventful", None),
        ]
        with writing(empty_engine).begin() as transaction:
            for guide_id, edited_at in written:
                key = {"guide_id": guide_id, "region": "000000", "effective_from": "2020-01-01"}
                row: dict[str, Any] = {**key, "body": {}, "seed_digest": "", "edited_at": edited_at}
                transaction.execute(sa.insert(guide_documents).values(**row))
        migrate(empty_engine)
        with empty_engine.begin() as transaction:
            left = transaction.execute(sa.select(guide_documents.c.guide_id)).scalars().all()
        assert sorted(left) == ["hall-event-death", "hall-parking", "hall_eventful"]

    def test_nodes_that_migrate_at_once_do_not_collide(self, empty_url: str, empty_engine: Database) -> None:
        # Processes, for Alembic keeps its state in a module. Each says that it is ready, then waits for the word.
        node = "import sys; from server.storage.engine import *; print('ready', flush=True); input(); migrate(open_database(sys.argv[1]))"
        nodes = [
            subprocess.Popen(
                [sys.executable, "-c", node, empty_url], cwd=ROOT, text=True, stdin=PIPE, stdout=PIPE, stderr=PIPE
            )
            for _ in range(3)
        ]
        for each in nodes:
            assert each.stdout
            assert each.stdout.readline() == "ready\n"
        ended = [each.communicate()[1] for each in _told_to_go(nodes)]
        assert [(each.returncode, told) for each, told in zip(nodes, ended, strict=True)] == [(0, "")] * 3
        with empty_engine.begin() as transaction:
            assert transaction.execute(sa.select(sa.func.count()).select_from(guide_documents)).scalar_one() == 0


def _told_to_go(nodes: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    for each in nodes:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    return nodes


def _published(store: KnowledgeStore) -> Published:
    sifted = sift(store.kept(), TOWN, TODAY)
    assert sifted.faults == ()
    return sifted.published


def _body(store: KnowledgeStore, guide_id: str, region: str) -> Any:
    return next(each.body for each in _published(store).documents[guide_id] if each.region == region)


class TestOffices:
    def entry(self) -> Entry:
        return Entry("编辑", "office.change", "office", TOWN_HALL, NOON)

    def test_a_change_is_published_and_written_down_together(self, engine: Database) -> None:
        store = KnowledgeStore(engine)
        store.seed(content_of(published()))
        office = next(each for each in published().offices if each.id == TOWN_HALL)
        before, last = digest_of_office(office.model_dump(mode="json")), store.last_change()
        moved = office.model_copy(update={"address": "溪城路2号"})
        assert store.edit_office(moved, NOON, self.entry(), before)
        changed = store.changed_since(last)
        assert changed and changed.ids[Kind.OFFICE] == {TOWN_HALL}
        assert [row.body["address"] for row in changed.kept.offices] == ["溪城路2号"]
        assert [line.entry.thing for line in AuditStore(engine).lines(Wanted())] == [TOWN_HALL]
        store.seed(content_of(published()))
        assert store.changed_since(changed.number) is None, "the seed leaves it alone from now on"

    def test_whoever_did_not_see_the_last_change_changes_nothing(self, engine: Database) -> None:
        store = KnowledgeStore(engine)
        store.seed(content_of(published()))
        office = next(each for each in published().offices if each.id == TOWN_HALL)
        before = digest_of_office(office.model_dump(mode="json"))
        assert store.edit_office(office.model_copy(update={"phone": "1"}), NOON, self.entry(), before)
        assert not store.edit_office(office.model_copy(update={"phone": "2"}), NOON, self.entry(), before)
        [row] = [row for row in store.kept().offices if row.key == (TOWN_HALL,)]
        assert row.body["phone"] == "1" and len(AuditStore(engine).lines(Wanted())) == 1
