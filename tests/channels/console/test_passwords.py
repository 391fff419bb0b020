"""Checking passwords: one by one in each of two lines, apart from everybody else's threads."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from anyio import to_thread

from channels.console.passwords import MOST_WAITING, PasswordCheck
from channels.refusals import Refusal
from server.staff import ADMIN
from tests.channels.console.slow_accounts import MARK, RIGHT, SlowAccounts


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


async def test_who_waits_takes_no_thread_from_the_service(accounts: SlowAccounts) -> None:
    check = PasswordCheck(accounts)
    asked = [ask(check, known) for _ in range(MOST_WAITING) for known in (True, False)]
    await accounts.have_begun(2)
    assert to_thread.current_default_thread_limiter().borrowed_tokens == 0
    assert await to_thread.run_sync(lambda: "at once") == "at once"
    accounts.go.set()
    await asyncio.gather(*asked)
