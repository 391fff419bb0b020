"""Accounts of staff on both databases: what ends their sessions, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
import sqlalchemy as sa
from alembic import command

from server.staff import RULES_ALL
from server.storage.audit_store import AuditStore
from server.storage.engine import Database, writing
from server.storage.staff_schema import staff_accounts
from server.storage.staff_store import StaffStore
from service_hall.staff.accounts import Duties
from service_hall.staff.audit import Entry, Wanted
from service_hall.staff.roles import Role
from tests.contract.conftest import move
from tests.fakes import FixedClock

NOW = FixedClock()()


@pytest.fixture
def store(engine: Database) -> StaffStore:
    kept = StaffStore(engine)
    assert kept.add("admin", "hash 1", NOW)
    assert kept.add("李静", "hash 2", NOW)
    return kept


def mark_of(store: StaffStore, name: str = "admin") -> str:
    account = store.find(name)
    assert account
    return account.session_mark


def remove(engine: Database, name: str) -> None:
    with writing(engine).begin() as transaction:
        transaction.execute(sa.delete(staff_accounts).where(staff_accounts.c.name == name))


def test_an_account_is_found_by_its_name_alone(store: StaffStore) -> None:
    assert store.find("nobody") is None
    assert store.find("Admin") is None
    found = store.find("李静")
    assert found and found.password_hash == "hash 2"


def test_an_account_that_is_there_stays_as_it_is(store: StaffStore) -> None:
    before = store.find("admin")
    assert not store.add("admin", "hash 3", NOW)
    assert store.find("admin") == before


def test_accounts_have_marks_of_their_own(store: StaffStore) -> None:
    assert "" != mark_of(store) != mark_of(store, "李静") != ""


def test_another_password_and_a_logout_end_the_sessions_of_that_account_alone(store: StaffStore) -> None:
    colleague, seen = mark_of(store, "李静"), {mark_of(store)}
    store.change("admin", "hash 3")
    seen.add(mark_of(store))
    store.end_sessions("admin")
    seen.add(mark_of(store))
    assert len(seen) == 3
    assert mark_of(store, "李静") == colleague
    found = store.find("admin")
    assert found and found.password_hash == "hash 3"


def test_an_account_that_was_removed_and_made_again_has_another_mark(engine: Database, store: StaffStore) -> None:
    before = mark_of(store)
    remove(engine, "admin")
    assert store.find("admin") is None
    store.add("admin", "hash 1", NOW)
    assert mark_of(store) != before


def test_hashing_the_same_password_anew_ends_nothing(store: StaffStore) -> None:
    before = store.find("admin")
    assert before
    store.hash_anew("admin", before, "hash 1 anew")
    after = store.find("admin")
    assert after and (after.password_hash, after.session_mark) == ("hash 1 anew", before.session_mark)


def test_a_password_that_was_changed_meanwhile_does_not_come_back(store: StaffStore) -> None:
    before = store.find("admin")
    assert before
    store.change("admin", "hash 3")
    store.hash_anew("admin", before, "hash 1 anew")
    found = store.find("admin")
    assert found and found.password_hash == "hash 3"


def test_the_migration_keeps_the_accounts_and_the_way_back_is_open(engine: Database, store: StaffStore) -> None:
    for way, to in ((command.downgrade, "0003"), (command.upgrade, "head")):
        move(engine, way, to)
    found = store.find("李静")
    assert found and found.password_hash == "hash 2"
    store.end_sessions("admin")
    assert mark_of(store) != ""


def test_the_first_account_becomes_an_administrator_and_the_others_clerks(engine: Database, store: StaffStore) -> None:
    for way, to in ((command.downgrade, "0021"), (command.upgrade, "head")):
        move(engine, way, to)
    assert {each.name: set(each.duties.roles) for each in store.everybody()} == {
        "admin": {Role.ADMINISTRATOR},
        "李静": {Role.CLERK},
    }


def test_what_somebody_may_do_is_written_with_its_line_in_the_book(engine: Database, store: StaffStore) -> None:
    duties = Duties(frozenset({Role.CURATOR}), frozenset({"880101"}), frozenset({"公安"}))
    store.set_duties("admin", RULES_ALL, entry("admin"))
    assert store.set_duties("李静", duties, entry("李静"))
    kept = store.find("李静")
    assert kept and kept.duties == duties and kept.member.roles == duties.roles
    assert [line.entry.thing for line in AuditStore(engine).lines(Wanted())] == ["李静", "admin"]


def test_the_last_one_who_rules_all_stays_so(engine: Database, store: StaffStore) -> None:
    store.set_duties("admin", RULES_ALL, entry("admin"))
    limited = Duties(frozenset({Role.ADMINISTRATOR}), regions=frozenset({"880101"}))
    for less in (Duties(), replace(RULES_ALL, disabled=True), limited):
        assert not store.set_duties("admin", less, entry("admin"))
    assert store.set_duties("李静", RULES_ALL, entry("李静"))
    assert store.set_duties("admin", Duties(), entry("admin"))
    assert not store.set_duties("李静", limited, entry("李静"))
    assert len(AuditStore(engine).lines(Wanted())) == 3


def test_whoever_is_disabled_is_signed_out(store: StaffStore) -> None:
    store.set_duties("admin", RULES_ALL, entry("admin"))
    before = mark_of(store, "李静")
    store.set_duties("李静", Duties(disabled=True), entry("李静"))
    assert mark_of(store, "李静") != before


def test_a_code_is_used_once(store: StaffStore) -> None:
    assert store.use_code("李静", 100)
    assert not store.use_code("李静", 100)
    assert not store.use_code("李静", 99)
    assert store.use_code("李静", 101)
    assert store.use_code("admin", 100)


def entry(thing: str) -> Entry:
    return Entry("admin", "staff.roles", "account", thing, NOW)
