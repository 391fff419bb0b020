"""One suite for every implementation of `service_hall.scenarios.keeping`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from server.sealing import AesSafe
from server.storage.checklist_store import ChecklistStore
from server.storage.engine import Database, open_database
from server.storage.forgotten_store import ForgottenVisitors
from server.storage.moving import move_all
from service_hall.scenarios.keeping import MOST_KEPT, ChecklistId, Checklists, ChecklistsInMemory, KeptList, ListCount
from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import VisitorId
from tests.contract.conftest import DATABASES, MakeDatabase
from tests.contract.sample_visits import NINE

HER, OTHER = VisitorId("v_her"), VisitorId("v_other")


def kept(number: int = 1, **changed: Any) -> KeptList:
    stated: dict[str, Any] = {
        "checklist_id": ChecklistId(f"list-{number}"),
        "visitor_id": HER,
        "scenario_id": "keep-a-dog",
        "answers": {"whose": "family", "dogs": 2, "also": ["reads"], "came-on": "2026-05-20"},
        "as_of": date(2026, 6, 1),
        "region": "880101",
        "changed_at": NINE + timedelta(minutes=number),
        "done": ("vaccine",),
        "have": ("身份证",),
        "papers": ("身份证", "申请表"),
    }
    return KeptList(**{**stated, **changed})


@pytest.fixture(params=["fake", *DATABASES])
def checklists(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[Checklists]:
    if request.param == "fake":
        yield ChecklistsInMemory()
        return
    engine = open_database(make_database(request.param))
    yield ChecklistStore(engine, AesSafe("a secret"))
    engine.dispose()


def test_a_list_comes_back_as_it_was_kept(checklists: Checklists) -> None:
    checklists.keep(kept())
    assert checklists.find(ChecklistId("list-1")) == kept()
    assert checklists.of_visitor(HER) == [kept()]
    assert checklists.find(ChecklistId("list-2")) is None and checklists.of_visitor(OTHER) == []


def test_kept_again_it_takes_its_own_place(checklists: Checklists) -> None:
    checklists.keep(kept())
    checklists.keep(kept(done=("vaccine", "register"), region=None))
    assert checklists.of_visitor(HER) == [kept(done=("vaccine", "register"), region=None)]


def test_the_newest_comes_first_and_the_oldest_goes(checklists: Checklists) -> None:
    for number in range(1, MOST_KEPT + 3):
        checklists.keep(kept(number))
    numbers = [each.checklist_id for each in checklists.of_visitor(HER)]
    assert numbers == [f"list-{number}" for number in range(MOST_KEPT + 2, 2, -1)]
    assert checklists.find(ChecklistId("list-1")) is None


def test_a_draft_gives_way_to_the_next_list_of_its_scenario(checklists: Checklists) -> None:
    checklists.keep(kept(1, is_draft=True))
    checklists.keep(kept(2, is_draft=True, scenario_id="other"))
    checklists.keep(kept(3))
    assert [each.checklist_id for each in checklists.of_visitor(HER)] == ["list-3", "list-2"]
    checklists.keep(kept(4))
    assert len(checklists.of_visitor(HER)) == 3


def test_a_list_is_dropped(checklists: Checklists) -> None:
    checklists.keep(kept())
    checklists.drop(ChecklistId("list-1"))
    checklists.drop(ChecklistId("list-1"))
    assert checklists.of_visitor(HER) == []


def test_all_of_hers_are_forgotten_and_no_others(checklists: Checklists) -> None:
    checklists.keep(kept(1))
    checklists.keep(kept(2, visitor_id=OTHER))
    checklists.forget(HER)
    assert checklists.of_visitor(HER) == [] and len(checklists.of_visitor(OTHER)) == 1


def test_what_nobody_touched_for_long_is_dropped(checklists: Checklists) -> None:
    checklists.keep(kept(1))
    checklists.keep(kept(5))
    assert checklists.drop_old(NINE + timedelta(minutes=5)) == 1
    assert [each.checklist_id for each in checklists.of_visitor(HER)] == ["list-5"]


def test_all_finished_ones_are_gone_through(checklists: Checklists) -> None:
    for number in range(1, 4):
        checklists.keep(kept(number, visitor_id=VisitorId(f"v_{number}"), is_draft=number == 2))
    assert {each.checklist_id for each in checklists.finished()} == {"list-1", "list-3"}


def test_those_of_a_scenario_are_counted(checklists: Checklists) -> None:
    for number in range(1, 5):
        checklists.keep(kept(number, visitor_id=VisitorId(f"v_{number}"), is_draft=number == 2))
    assert checklists.count_of(kept().scenario_id) == ListCount(3, 1)
    assert checklists.count_of("other") == ListCount(0, 0)


class TestInADatabase:
    @pytest.fixture
    def engine(self, database_url: str) -> Iterator[Database]:
        engine = open_database(database_url)
        yield engine
        engine.dispose()

    def test_nothing_of_the_answers_can_be_read_there(self, engine: Database) -> None:
        ChecklistStore(engine, AesSafe("a secret")).keep(kept())
        with engine.begin() as transaction:
            row = str(transaction.execute(sa.text("SELECT * FROM checklists")).one())
        assert "2026-05-20" not in row and "family" not in row and "身份证" not in row

    def test_what_another_key_sealed_is_left_out(self, engine: Database) -> None:
        ChecklistStore(engine, AesSafe("a secret")).keep(kept())
        assert ChecklistStore(engine, AesSafe("another secret")).of_visitor(HER) == []

    def test_a_forgotten_visitor_leaves_none_and_gets_none(self, engine: Database) -> None:
        store, forgotten = ChecklistStore(engine, AesSafe("a secret")), ForgottenVisitors(engine)
        store.keep(kept())
        forgotten.add(HER, NINE)
        assert store.of_visitor(HER) == [] and forgotten.still_kept() == []
        with pytest.raises(VisitorForgotten):
            store.keep(kept(2))

    def test_one_person_at_two_doors_has_them_together(self, engine: Database) -> None:
        store = ChecklistStore(engine, AesSafe("a secret"))
        store.keep(kept())
        with engine.execution_options(writes=True).begin() as transaction:
            move_all(transaction, HER, OTHER)
        assert store.of_visitor(OTHER) == [replace(kept(), visitor_id=OTHER)]
