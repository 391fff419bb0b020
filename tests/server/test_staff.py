"""Staff accounts: the first one is made once; passwords are kept as hashes alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher, extract_parameters

from server.sealing import AesSafe
from server.staff import ADMIN, RULES_ALL, StaffAccounts, welcome_admin
from server.storage.engine import Database
from server.storage.staff_store import StaffStore
from service_hall.staff.accounts import Duties
from service_hall.staff.audit import Entry
from service_hall.staff.roles import Role
from tests.databases import open_copy
from tests.fakes import QUICK_HASHER, FixedClock

PASSWORD = "长一点的密码 2026"
SAFE = AesSafe("a secret of the tests")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Database]:
    opened = open_copy(tmp_path / "wenban.sqlite3")
    yield opened
    opened.dispose()


@pytest.fixture
def accounts(engine: Database) -> StaffAccounts:
    return StaffAccounts(StaffStore(engine), FixedClock(), SAFE, QUICK_HASHER)


def test_without_an_account_nobody_comes_in(accounts: StaffAccounts) -> None:
    assert not accounts.accepts(ADMIN, "")
    assert not accounts.accepts(ADMIN, PASSWORD)


def test_the_password_that_is_made_is_told_once_and_opens(accounts: StaffAccounts) -> None:
    made = accounts.open_admin("")
    assert len(made) >= 16
    assert accounts.accepts(ADMIN, made)
    assert accounts.open_admin("") == ""
    assert accounts.accepts(ADMIN, made)


def test_each_hall_makes_another_password(tmp_path: Path) -> None:
    made = set()
    for number in (1, 2):
        opened = open_copy(tmp_path / str(number))
        made.add(StaffAccounts(StaffStore(opened), FixedClock(), SAFE, QUICK_HASHER).open_admin(""))
        opened.dispose()
    assert len(made) == 2


def test_a_password_from_the_settings_is_the_admins(accounts: StaffAccounts) -> None:
    assert accounts.open_admin(PASSWORD) == ""
    assert accounts.accepts(ADMIN, PASSWORD)


def test_a_new_password_in_the_settings_takes_the_place_of_the_old(accounts: StaffAccounts) -> None:
    accounts.open_admin("the first")
    assert accounts.open_admin(PASSWORD) == ""
    assert accounts.accepts(ADMIN, PASSWORD)
    assert not accounts.accepts(ADMIN, "the first")


def test_a_password_from_the_settings_takes_the_place_of_the_one_made(accounts: StaffAccounts) -> None:
    made = accounts.open_admin("")
    accounts.open_admin(PASSWORD)
    assert not accounts.accepts(ADMIN, made)


def test_starting_again_with_the_same_password_changes_nothing(accounts: StaffAccounts, engine: Database) -> None:
    accounts.open_admin(PASSWORD)
    before = StaffStore(engine).find(ADMIN)
    accounts.open_admin(PASSWORD)
    assert StaffStore(engine).find(ADMIN) == before


def test_when_the_setting_is_taken_out_the_password_stays(accounts: StaffAccounts) -> None:
    accounts.open_admin(PASSWORD)
    assert accounts.open_admin("") == ""
    assert accounts.accepts(ADMIN, PASSWORD)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        (ADMIN, ""),
        (ADMIN, PASSWORD + " "),
        (ADMIN, PASSWORD.upper() + "x"),
        ("Admin", PASSWORD),
        ("", PASSWORD),
        ("' OR 1=1 --", PASSWORD),
        ("nobody", PASSWORD),
        (ADMIN, "x" * 100_000),
    ],
)
def test_whatever_is_not_right_is_refused(accounts: StaffAccounts, name: str, password: str) -> None:
    accounts.open_admin(PASSWORD)
    assert not accounts.accepts(name, password)


def test_the_password_itself_is_kept_nowhere(accounts: StaffAccounts, engine: Database, tmp_path: Path) -> None:
    accounts.open_admin(PASSWORD)
    kept = StaffStore(engine).find(ADMIN)
    assert kept and kept.password_hash.startswith("$argon2id$")
    assert not any(PASSWORD.encode() in file.read_bytes() for file in tmp_path.iterdir())


def test_a_hash_that_is_none_opens_nothing(accounts: StaffAccounts, engine: Database) -> None:
    accounts.open_admin(PASSWORD)
    for spoilt in ("", "plain", "$argon2id$v=19$broken"):
        StaffStore(engine).change(ADMIN, spoilt)
        assert not accounts.accepts(ADMIN, PASSWORD)
        assert not accounts.accepts(ADMIN, spoilt)


class TestSessions:
    def test_a_new_one_carries_the_mark_of_its_account(self, accounts: StaffAccounts) -> None:
        accounts.open_admin(PASSWORD)
        assert accounts.accepts(ADMIN, PASSWORD) == accounts.session_mark(ADMIN) != ""
        assert accounts.session_mark("nobody") is None

    def test_end_with_the_logout(self, accounts: StaffAccounts) -> None:
        accounts.open_admin(PASSWORD)
        before = accounts.session_mark(ADMIN)
        accounts.end_sessions(ADMIN)
        assert accounts.session_mark(ADMIN) not in (before, None)
        assert accounts.accepts(ADMIN, PASSWORD) == accounts.session_mark(ADMIN)

    def test_end_with_another_password_in_the_settings(self, accounts: StaffAccounts) -> None:
        accounts.open_admin("the first")
        before = accounts.session_mark(ADMIN)
        accounts.open_admin(PASSWORD)
        assert accounts.session_mark(ADMIN) not in (before, None)

    def test_go_on_when_the_service_starts_again(self, accounts: StaffAccounts) -> None:
        accounts.open_admin(PASSWORD)
        before = accounts.session_mark(ADMIN)
        for password in (PASSWORD, ""):
            accounts.open_admin(password)
            assert accounts.session_mark(ADMIN) == before


class TestTheHash:
    def test_takes_one_thread_alone(self, engine: Database) -> None:
        StaffAccounts(StaffStore(engine), FixedClock(), SAFE).open_admin(PASSWORD)
        kept = StaffStore(engine).find(ADMIN)
        assert kept and extract_parameters(kept.password_hash).parallelism == 1

    def test_of_before_is_made_anew_with_the_right_password_alone(
        self, accounts: StaffAccounts, engine: Database
    ) -> None:
        store = StaffStore(engine)
        store.add(ADMIN, PasswordHasher(time_cost=1, memory_cost=64, parallelism=4).hash(PASSWORD), FixedClock()())
        before = store.find(ADMIN)
        assert accounts.accepts(ADMIN, "wrong") is None
        assert store.find(ADMIN) == before
        mark = accounts.accepts(ADMIN, PASSWORD)
        after = store.find(ADMIN)
        assert before and after
        assert after.password_hash != before.password_hash
        assert mark == after.session_mark == before.session_mark
        assert accounts.accepts(ADMIN, PASSWORD) == mark


def test_the_operator_is_told_the_password_that_was_made_and_no_other(
    accounts: StaffAccounts, capsys: pytest.CaptureFixture[str]
) -> None:
    welcome_admin(accounts, "")
    told = capsys.readouterr().out
    assert accounts.accepts(ADMIN, told.split("password ")[1].split()[0])
    for password in ("", PASSWORD):
        welcome_admin(accounts, password)
        assert capsys.readouterr().out == ""


def test_another_password_in_the_settings_lets_the_operator_in_again(accounts: StaffAccounts, engine: Database) -> None:
    """Whatever kept the first account out: a lost telephone, a role taken away, a disabled account."""
    accounts.open_admin("the first")
    store, entry = StaffStore(engine), Entry("x", "x", "account", ADMIN, FixedClock()())
    store.add("other", "hash", FixedClock()(), RULES_ALL)
    store.set_second_step(ADMIN, "sealed with a key that is gone", entry)
    store.set_duties(ADMIN, Duties(frozenset({Role.CLERK}), disabled=True), entry)
    accounts.open_admin(PASSWORD)
    mark = accounts.accepts(ADMIN, PASSWORD)
    member = accounts.at_work(ADMIN, mark or "")
    assert member and member.roles == {Role.ADMINISTRATOR}
