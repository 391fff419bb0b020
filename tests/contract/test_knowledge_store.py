"""Seeding and migrating, on both databases: what staff changed is theirs, and nodes that start together agree."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from subprocess import PIPE
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from knowledge_base.content_files import Content
from knowledge_base.library import Published
from knowledge_base.sifting import sift
from server.settings import ROOT
from server.storage.engine import Database, migrate
from server.storage.knowledge_store import KnowledgeStore, Seeded
from server.storage.schema import guide_documents, metadata
from service_hall.shared.clock import SHANGHAI
from tests.contract.conftest import OpenAgain
from tests.fakes import CARD_LOST, DOG, DOG_IN_EAST, TODAY, TOWN, document, published, regions

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=SHANGHAI)
ROWS = 6 + 6 + 3 + 8
"""Regions, catalogue items, offices and guide documents of the made-up town."""


def content(*changed: dict[str, Any], left_out: Sequence[str] = ()) -> Content:
    """The made-up town's files; `changed` bodies stand in for those of the same guide, region and first day."""
    town = published()
    new = {(body["id"], body["region"], body["effective_from"]): document(body) for body in changed}
    documents = {
        guide_id: tuple(new.get((each.guide_id, each.region, str(each.body["effective_from"])), each) for each in files)
        for guide_id, files in town.documents.items()
        if guide_id not in left_out
    }
    return Content(town.regions, tuple(town.catalogue), tuple(town.offices), documents, ())


def rows_of(engine: Database) -> list[Any]:
    """Every row that seeding may touch, in an order of its own."""
    with engine.begin() as transaction:
        return [
            tuple(row)
            for name in ("guide_documents", "offices", "regions", "catalogue_items")
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
        assert store.seed(content({**CARD_LOST, "summary": "补办改到网上了。"})) == Seeded(renewed=1)
        [kept] = _published(store).documents["library-card-lost"]
        assert kept.body["summary"] == "补办改到网上了。"

    def test_a_file_for_a_new_first_day_stands_beside_the_old(self, store: KnowledgeStore) -> None:
        store.seed(content())
        later = document({**CARD_LOST, "effective_from": "2027-01-01"})
        now = content()
        files = {**now.documents, "library-card-lost": (*now.documents["library-card-lost"], later)}
        assert store.seed(Content(now.regions, now.catalogue, now.offices, files, ())) == Seeded(added=1)
        assert len(_published(store).documents["library-card-lost"]) == 2

    def test_what_staff_changed_is_never_overwritten(self, store: KnowledgeStore) -> None:
        store.seed(content())
        store.edit_guide_document(document({**DOG_IN_EAST, "where": {"text": "东河区新大厅。"}}), NOON)
        assert store.seed(content({**DOG_IN_EAST, "where": {"text": "文件里的新地址。"}})) == Seeded(kept=1)
        assert _body(store, "dog-register", "880101")["where"]["text"] == "东河区新大厅。"

    def test_a_staff_change_outlives_a_restart_with_the_same_files(self, store: KnowledgeStore) -> None:
        store.seed(content())
        store.edit_guide_document(document({**DOG, "summary": "大厅改过的话。"}), NOON)
        assert store.seed(content()).renewed == 0
        assert _body(store, "dog-register", "000000")["summary"] == "大厅改过的话。"

    def test_a_document_that_staff_added_stays(self, store: KnowledgeStore) -> None:
        store.seed(content())
        store.edit_guide_document(document({**DOG_IN_EAST, "region": "880101001"}), NOON)
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
