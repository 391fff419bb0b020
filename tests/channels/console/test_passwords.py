"""Checking passwords: one by one in each of two lines, apart from everybody else's threads."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from anyio import to_thread

from channels.console.passwords import MOST_WAITING, PasswordCheck
from channels.console.whereabouts import LATELY_SECONDS, MOST_KEPT, KnownAddresses
from channels.refusals import Refusal
from server.staff import ADMIN
from tests.channels.console.slow_accounts import MARK, RIGHT, SlowAccounts
from tests.set_time import SetTime


@pytest.fixture
def accounts() -> Iterator[SlowAccounts]:
    slow = SlowAccounts()
    yield slow
    slow.go.set()


def ask(check: PasswordCheck, known: bool = False, name: str = ADMIN) -> asyncio.Task[str | None]:
    return asyncio.create_task(check.accepts(name, RIGHT, is_known_device=known))


async def test_never_are_more_than_two_checked_at_once(accounts: SlowAccounts) -> None:
    check = PasswordCheck(accounts)
    asked = [ask(check, known=number % 2 == 0) for number in range(2 * MOST_WAITING)]
    await accounts.have_begun(2)
    accounts.go.set()
    assert await asyncio.gather(*asked) == [MARK] * (2 * MOST_WAITING)
    assert (len(accounts.checked), accounts.most_at_once) == (2 * MOST_WAITING, 2)


async def test_a_known_device_does_not_wait_behind_strangers(accounts: SlowAccounts) -> None:
    check = PasswordCheck(accounts)
    strangers = [ask(check, name="stranger") for _ in range(20)]
    await accounts.have_begun(1)
    clerk = ask(check, known=True)
    await accounts.have_begun(2)
    assert accounts.checked == ["stranger", ADMIN]
    accounts.go.set()
    assert await clerk == MARK
    await asyncio.gather(*strangers)


async def test_who_comes_while_others_have_not_even_begun_to_wait_finds_the_line_full_too(
    accounts: SlowAccounts,
) -> None:
    check = PasswordCheck(accounts)
    asked = [ask(check) for _ in range(MOST_WAITING + 10)]
    await accounts.have_begun(1)
    accounts.go.set()
    answers = await asyncio.gather(*asked, return_exceptions=True)
    assert answers.count(MARK) == len(accounts.checked) == 1 + MOST_WAITING
    assert sum(isinstance(answer, Refusal) for answer in answers) == 9


async def test_who_finds_the_line_full_is_told_when_to_come_back(accounts: SlowAccounts) -> None:
    check = PasswordCheck(accounts)
    asked = [ask(check) for _ in range(1 + MOST_WAITING)]
    await accounts.have_begun(1)
    with pytest.raises(Refusal) as refused:
        await ask(check, name="one more")
    assert (refused.value.status, refused.value.headers) == (429, {"Retry-After": "5"})
    accounts.go.set()
    await asyncio.gather(*asked)
    assert "one more" not in accounts.checked
    assert await ask(check) == MARK


async def test_a_known_address_goes_past_strangers_and_behind_them_where_its_own_line_is_full(
    accounts: SlowAccounts,
) -> None:
    check = PasswordCheck(accounts)

    def come(name: str, is_known: bool) -> asyncio.Task[str | None]:
        asked = check.accepts(name, RIGHT, is_known_device=False, address="hall", is_known_address=is_known)
        return asyncio.create_task(asked)

    strangers = [come("stranger", is_known=False) for _ in range(3)]
    await accounts.have_begun(1)
    near = [come("near", is_known=True) for _ in range(1 + MOST_WAITING)]
    await accounts.have_begun(2)
    assert accounts.checked == ["stranger", "near"]
    late = come("late", is_known=True)
    await asyncio.sleep(0.01)
    assert not late.done()
    accounts.go.set()
    await asyncio.gather(*strangers, *near, late)
    assert accounts.most_at_once == 2


def test_an_address_is_known_for_a_month_and_to_its_account_alone() -> None:
    time = SetTime()
    known = KnownAddresses(lambda: time.now)
    known.remember("anna", "hall")
    assert known.has("anna", "hall") and not known.has("anna", "home") and not known.has("berta", "hall")
    time.now += LATELY_SECONDS
    assert not known.has("anna", "hall")
    for at in range(MOST_KEPT + 1):
        known.remember("berta", f"address {at}")
    assert not known.has("berta", "address 0") and known.has("berta", f"address {MOST_KEPT}")


async def test_who_waits_takes_no_thread_from_the_service(accounts: SlowAccounts) -> None:
    check = PasswordCheck(accounts)
    asked = [ask(check, known) for _ in range(MOST_WAITING) for known in (True, False)]
    await accounts.have_begun(2)
    assert to_thread.current_default_thread_limiter().borrowed_tokens == 0
    assert await to_thread.run_sync(lambda: "at once") == "at once"
    accounts.go.set()
    await asyncio.gather(*asked)
