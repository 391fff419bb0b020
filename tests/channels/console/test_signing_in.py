"""How often a password may be tried: guesses are bounded, and the clerk whose password is right comes in beside them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from itsdangerous import TimestampSigner

from channels.console import signing_in
from channels.console.devices import KNOWN_SECONDS
from channels.console.passwords import MOST_WAITING
from channels.guesses import MOST_WAIT_SECONDS, Guesses, Pace
from server.app import make_app
from server.staff import ADMIN
from tests.channels.callers import OWN_PAGE
from tests.channels.console.slow_accounts import RIGHT, SlowAccounts
from tests.channels.web.conftest import Citizen, Knock, refused
from tests.set_time import SetTime
from tests.town_house import TownHouse

LOGIN = "/api/counter/login"
HALL, ELSEWHERE = "10.0.0.1", "10.0.0.2"
PACES = {name: each for name, each in vars(signing_in).items() if isinstance(each, Pace)}
BY_THE_HOUR = replace(signing_in.BY_THE_HOUR, at_once=10)


@pytest.fixture
def accounts(halls: TownHouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[SlowAccounts]:
    """Quick, until a test takes `go` away."""
    slow = SlowAccounts()
    slow.go.set()
    monkeypatch.setattr(halls.house.accounts, "accepts", slow.accepts)
    yield slow
    slow.go.set()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> SetTime:
    """Of the guesses. A tenth of them is let in at once, so that the tests need to make no more."""
    for name, pace in PACES.items():
        monkeypatch.setattr(signing_in, name, replace(pace, at_once=pace.at_once // 10))
    time = SetTime()
    monkeypatch.setattr("server.app.Guesses", time.guesses)
    return time


@pytest.fixture
def guesser(halls: TownHouse, knock: Knock, accounts: SlowAccounts, time: SetTime) -> httpx.AsyncClient:
    """In the hall, among the clerks."""
    return knock(halls, HALL)


@pytest.fixture
async def clerk(halls: TownHouse, knock: Knock, accounts: SlowAccounts, time: SetTime) -> httpx.AsyncClient:
    """In the hall, at a device that is known."""
    http = knock(halls, HALL)
    assert (await log_in(http)).status_code == 200
    return http


async def log_in(http: httpx.AsyncClient, password: str = RIGHT, name: str = ADMIN) -> httpx.Response:
    return await http.post(LOGIN, json={"name": name, "password": password}, headers=OWN_PAGE)


async def use_up(http: httpx.AsyncClient, name: str = ADMIN) -> int:
    """Wrong passwords until no more are taken. How many were."""
    for count in range(1000):
        answer = await log_in(http, "wrong", name)
        if answer.status_code == 429:
            refused(answer, 429, "too_many_requests")
            return count
        refused(answer, 401, "wrong_password")
    raise AssertionError("without end")


async def guess_for(http: httpx.AsyncClient, time: SetTime, seconds: float) -> int:
    """Wrong passwords as soon as they are taken. How many were."""
    until, checked = time.now + seconds, 0
    while time.now < until:
        answer = await log_in(http, "wrong")
        checked += answer.status_code == 401
        time.now += int(answer.headers.get("retry-after", "0"))
    return checked


@pytest.mark.parametrize("pace", PACES.values(), ids=PACES)
def test_by_the_hour_a_password_is_tried_a_few_hundred_times_at_most(pace: Pace) -> None:
    if not pace.of.endswith("now"):
        assert pace.at_once + 3600 / pace.seconds <= 500
        assert pace.seconds <= 36, "after the attack, nobody waits longer"


class TestTheRightPassword:
    async def test_is_let_in_after_wrong_ones_from_the_same_address(
        self, halls: TownHouse, guesser: httpx.AsyncClient, knock: Knock, time: SetTime
    ) -> None:
        for _ in range(BY_THE_HOUR.at_once - 1):
            refused(await log_in(guesser, "wrong"), 401, "wrong_password")
        before, clerk = time.now, knock(halls, HALL)
        assert (await log_in(clerk)).status_code == 200
        assert time.now - before <= MOST_WAIT_SECONDS

    async def test_is_let_in_soon_after_all_guesses_were_used_up(
        self, halls: TownHouse, guesser: httpx.AsyncClient, knock: Knock, time: SetTime
    ) -> None:
        await use_up(guesser)
        before, clerk = time.now, knock(halls, HALL)
        while (answer := await log_in(clerk)).status_code == 429:
            time.now += int(answer.headers["retry-after"])
        assert answer.status_code == 200
        assert time.now - before <= BY_THE_HOUR.seconds

    async def test_is_let_in_at_once_on_its_own_device_while_others_guess_there(
        self, clerk: httpx.AsyncClient, guesser: httpx.AsyncClient, time: SetTime
    ) -> None:
        await use_up(guesser)
        refused(await log_in(guesser), 429, "too_many_requests")
        before = time.now
        assert [(await log_in(clerk)).status_code for _ in range(20)] == [200] * 20
        assert time.now == before

    async def test_is_let_in_at_once_on_its_own_device_while_many_addresses_guess(
        self, halls: TownHouse, knock: Knock, clerk: httpx.AsyncClient, time: SetTime
    ) -> None:
        refusals = [(await log_in(knock(halls, f"10.1.{number}.1"), "wrong")).status_code for number in range(40)]
        assert set(refusals) == {401}
        assert time.now > 0, "all that is taken at once from everywhere is used up"
        before = time.now
        assert [(await log_in(clerk)).status_code for _ in range(10)] == [200] * 10
        assert time.now == before

    async def test_is_let_in_elsewhere_while_others_guess(
        self, halls: TownHouse, guesser: httpx.AsyncClient, knock: Knock
    ) -> None:
        await use_up(guesser)
        assert (await log_in(knock(halls, ELSEWHERE))).status_code == 200

    async def test_is_let_in_at_a_new_device_while_many_addresses_guess(
        self, halls: TownHouse, knock: Knock, accounts: SlowAccounts, time: SetTime
    ) -> None:
        crowd = [knock(halls, f"10.1.{number}.1") for number in range(40)]
        for number in range(60):
            refused(await log_in(crowd[number % 40], "wrong"), 401, "wrong_password")
        before = time.now
        assert (await log_in(knock(halls, ELSEWHERE))).status_code == 200
        assert 0 < time.now - before <= MOST_WAIT_SECONDS

    async def test_is_never_counted(self, guesser: httpx.AsyncClient, time: SetTime) -> None:
        before = time.now
        for _ in range(BY_THE_HOUR.at_once + 5):
            assert (await log_in(guesser)).status_code == 200
            guesser.cookies.clear()
        assert time.now == before


class TestGuesses:
    async def test_are_bounded_by_the_hour(self, guesser: httpx.AsyncClient, time: SetTime) -> None:
        assert await guess_for(guesser, time, 1800) <= BY_THE_HOUR.at_once + 1800 / BY_THE_HOUR.seconds
        assert await guess_for(guesser, time, 1800) <= 1800 / BY_THE_HOUR.seconds + 1

    async def test_on_a_known_device_are_bounded_as_well(self, clerk: httpx.AsyncClient, time: SetTime) -> None:
        assert await guess_for(clerk, time, 1800) <= BY_THE_HOUR.at_once + 1800 / BY_THE_HOUR.seconds

    @pytest.mark.usefixtures("accounts")
    async def test_from_everywhere_wait_and_are_not_refused(self, halls: TownHouse, time: SetTime) -> None:
        before = time.now
        transport = httpx.ASGITransport(make_app(halls.house))
        async with httpx.AsyncClient(transport=transport, base_url="http://town.test") as crowd:
            checked = 0
            for number in range(60):
                transport.client = (f"10.1.0.{number}", 40000)
                checked += (await log_in(crowd, "wrong")).status_code == 401
        assert checked == 60
        beyond = 60 - signing_in.OF_ACCOUNT.at_once
        assert time.now - before == pytest.approx(beyond * MOST_WAIT_SECONDS)

    async def test_of_one_password_at_many_accounts_are_bounded(self, guesser: httpx.AsyncClient) -> None:
        answers = [await log_in(guesser, "wrong", f"clerk {number}") for number in range(30)]
        assert sum(answer.status_code == 401 for answer in answers) == signing_in.OF_ADDRESS.at_once

    async def test_that_are_refused_check_no_password(self, accounts: SlowAccounts, guesser: httpx.AsyncClient) -> None:
        checked = await use_up(guesser)
        response = await log_in(guesser)
        assert 1 <= int(response.headers["retry-after"]) <= BY_THE_HOUR.seconds
        assert len(accounts.checked) == checked

    async def test_at_one_account_leave_the_others_alone(self, guesser: httpx.AsyncClient, time: SetTime) -> None:
        before = time.now
        for _ in range(5):
            await log_in(guesser, "wrong", "李静")
        assert time.now > before, "this account's guesses have to wait by now"
        before = time.now
        assert (await log_in(guesser)).status_code == 200
        assert time.now == before

    async def test_what_is_no_login_is_no_guess(self, guesser: httpx.AsyncClient) -> None:
        for _ in range(BY_THE_HOUR.at_once + 5):
            refused(await guesser.post(LOGIN, json={}, headers=OWN_PAGE), 422)
            refused(await guesser.post(LOGIN, json={"name": ADMIN, "password": "wrong"}), 401, "wrong_password")
        assert (await log_in(guesser)).status_code == 200


class TestTheDevice:
    @staticmethod
    def cookie(http: httpx.AsyncClient) -> tuple[str, str]:
        at_login = [each for each in http.cookies.jar if each.path == LOGIN and each.name.startswith("wenban_device_")]
        [found] = [(each.name, str(each.value)) for each in at_login]
        return found

    async def test_is_known_by_a_cookie_for_the_login_alone(self, guesser: httpx.AsyncClient) -> None:
        response = await log_in(guesser)
        [cookie, of_console] = [
            each.lower() for each in response.headers.get_list("set-cookie") if "wenban_device_" in each
        ]
        for part in ("httponly", "samesite=strict", "path=/api/counter/login", f"max-age={KNOWN_SECONDS}"):
            assert part in cookie
        assert of_console == cookie.replace("/api/counter/login", "/console/sign-in")
        assert ADMIN not in cookie

    async def test_stays_the_same_from_login_to_login(self, clerk: httpx.AsyncClient) -> None:
        _, before = self.cookie(clerk)
        await log_in(clerk)
        assert self.cookie(clerk)[1].split(".")[0] == before.split(".")[0]

    async def test_is_not_known_after_a_wrong_password(self, guesser: httpx.AsyncClient) -> None:
        assert "set-cookie" not in (await log_in(guesser, "wrong")).headers

    async def test_opens_nothing_by_itself(self, clerk: httpx.AsyncClient) -> None:
        refused(await log_in(clerk, "wrong"), 401, "wrong_password")

    @pytest.mark.parametrize("spoil", [str.upper, lambda kept: kept[:-2], lambda _: "", lambda _: "a.b.c"])
    async def test_is_a_strangers_with_a_spoilt_cookie(
        self, clerk: httpx.AsyncClient, guesser: httpx.AsyncClient, spoil: Any
    ) -> None:
        name, kept = self.cookie(clerk)
        await use_up(guesser)
        guesser.cookies.set(name, spoil(kept), domain="town.test", path=LOGIN)
        refused(await log_in(guesser), 429)
        assert (await log_in(clerk)).status_code == 200

    async def test_of_one_account_is_a_strangers_at_another(
        self, clerk: httpx.AsyncClient, guesser: httpx.AsyncClient
    ) -> None:
        await use_up(guesser, name="李静")
        name, kept = self.cookie(clerk)
        of_another = f"wenban_device_{hashlib.sha256('李静'.encode()).hexdigest()[:12]}"
        assert name != of_another
        clerk.cookies.set(of_another, kept, domain="town.test", path=LOGIN)
        refused(await log_in(clerk, "wrong", "李静"), 429)

    async def test_is_forgotten_after_half_a_year(
        self, clerk: httpx.AsyncClient, guesser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await use_up(guesser)
        later = TimestampSigner("any").get_timestamp() + KNOWN_SECONDS + 60
        monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: later)
        refused(await log_in(clerk), 429)


class TestSixtyAtOnce:
    """In real time, at the real pace."""

    async def test_are_checked_two_at_a_time_at_most_and_citizens_are_answered_meanwhile(
        self, halls: TownHouse, accounts: SlowAccounts, knock: Knock
    ) -> None:
        http, clerk = knock(halls, HALL), knock(halls, HALL)
        assert (await log_in(clerk)).status_code == 200
        accounts.go.clear()
        wrong = [asyncio.create_task(log_in(http, "wrong", f"clerk {at}")) for at in range(60)]
        right = asyncio.create_task(log_in(clerk))
        async with asyncio.timeout(60):
            await accounts.have_begun(3)
            while sum(each.done() for each in wrong) < 60 - (MOST_WAITING + 1):
                await asyncio.sleep(0.001)
        assert (await Citizen(http).say("借书证丢了怎么补办"))["outcome"] == "answered"
        assert not right.done()
        sent_away = [each.result() for each in wrong if each.done()]
        assert len(sent_away) == 60 - (MOST_WAITING + 1)
        for answer in sent_away:
            refused(answer, 429, "too_many_requests")
            assert int(answer.headers["retry-after"]) >= 1
        accounts.go.set()
        answers = await asyncio.gather(*wrong)
        assert [answer.status_code for answer in answers].count(401) == MOST_WAITING + 1
        assert (await right).status_code == 200
        assert accounts.most_at_once == 2

    async def test_of_one_address_leave_room_in_the_line_for_another(
        self, halls: TownHouse, accounts: SlowAccounts, knock: Knock
    ) -> None:
        http, clerk = knock(halls, HALL), knock(halls, ELSEWHERE)
        accounts.go.clear()
        wrong = [asyncio.create_task(log_in(http, "wrong", f"clerk {at}")) for at in range(60)]
        async with asyncio.timeout(60):
            while sum(each.done() for each in wrong) < 60 - (MOST_WAITING + 1):
                await asyncio.sleep(0.001)
        right = asyncio.create_task(log_in(clerk))
        for _ in range(50):
            await asyncio.sleep(0.001)
        assert not right.done(), "it waits, and was not sent away"
        accounts.go.set()
        assert (await right).status_code == 200
        await asyncio.gather(*wrong)

    async def test_keep_no_new_device_out_where_the_account_was_signed_in_to(
        self, halls: TownHouse, accounts: SlowAccounts, knock: Knock
    ) -> None:
        app = knock(halls, HALL)
        assert (await log_in(app)).status_code == 200
        accounts.checked.clear()
        accounts.go.clear()
        strangers = [knock(halls, f"10.0.1.{at}") for at in range(4)]
        wrong = [asyncio.create_task(log_in(http, "wrong", f"clerk {at}")) for http in strangers for at in range(15)]
        async with asyncio.timeout(60):
            while not any(each.done() for each in wrong):
                await asyncio.sleep(0.001)
        refused(await log_in(knock(halls, ELSEWHERE)), 429, "too_many_requests")
        right = asyncio.create_task(log_in(knock(halls, HALL)))
        async with asyncio.timeout(60):
            await accounts.have_begun(2)
        assert ADMIN in accounts.checked  # which of the two threads says so first is open
        accounts.go.set()
        assert (await right).status_code == 200
        await asyncio.gather(*wrong)

    async def test_at_one_account_are_not_all_checked(
        self, halls: TownHouse, accounts: SlowAccounts, knock: Knock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def no_time(_: float) -> None:
            return None

        monkeypatch.setattr("server.app.Guesses", lambda: Guesses(lambda: 0.0, no_time))
        http = knock(halls, HALL)
        answers = await asyncio.gather(*(log_in(http, "wrong") for _ in range(60)))
        assert len(accounts.checked) == sum(answer.status_code == 401 for answer in answers)
        assert 1 <= len(accounts.checked) <= signing_in.AT_ONCE.at_once + 1
