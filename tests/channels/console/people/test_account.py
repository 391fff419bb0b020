"""Her own account: the password that ends the sessions, and the second step whose codes are good once."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import httpx
import pyotp
import pytest

from server.staff import ADMIN
from service_hall.staff.accounts import Duties
from service_hall.staff.audit import Wanted
from service_hall.staff.managing import Made
from service_hall.staff.roles import Role
from tests.channels.callers import OWN_PAGE
from tests.channels.console.shell.desk import AtDesk, way
from tests.channels.web.conftest import Knock, refused
from tests.town_house import TownHouse

PASSWORD, NEW = "a password of the tests", " 东边日出西边雨 2026 "
ACCOUNT = "/console/account"


@pytest.fixture
def desk(halls: TownHouse, knock: Knock) -> AtDesk:
    """李静, with a password of her own, signed in."""
    room, admin = halls.house.staff_room, AtDesk(knock(halls)).signed_in(halls, "王主任", Role.ADMINISTRATOR)
    by = halls.house.accounts.at_work("王主任", halls.house.accounts.session_mark("王主任") or "")
    assert by and admin
    assert isinstance(room.add(by, "李静", Duties(frozenset({Role.CURATOR}))), Made)
    assert room.change_own_password(by, "x")
    herself = halls.house.accounts.at_work("李静", halls.house.accounts.session_mark("李静") or "")
    assert herself
    room.change_own_password(herself, PASSWORD)
    return AtDesk(knock(halls)).signed_in(halls, "李静")


async def sign_in(desk: AtDesk, password: str = PASSWORD, code: str = "", name: str = "李静") -> httpx.Response:
    return await desk.http.post("/console/sign-in", data={"name": name, "password": password, "code": code})


def deeds(town: TownHouse) -> list[str]:
    return [line.entry.what for line in town.house.audit.lines(Wanted(by="李静"))][:-1]


class TestThePassword:
    async def test_is_changed_ends_the_other_sessions_and_leaves_her_signed_in(
        self, halls: TownHouse, desk: AtDesk, knock: Knock
    ) -> None:
        elsewhere = AtDesk(knock(halls)).signed_in(halls, "李静")
        page = await desk.did(f"{ACCOUNT}/password", {"password": PASSWORD, "new": NEW, "again": NEW}, ACCOUNT)
        assert "密码已修改" in page and "李静，您好" in page
        assert "密码已修改" not in await desk.look("/console")
        assert way(await elsewhere.http.get("/console")).startswith("/console/sign-in")
        assert (await sign_in(elsewhere, PASSWORD)).status_code == 401
        assert way(await sign_in(elsewhere, NEW)) == "/console"
        assert deeds(halls) == ["account.password"]
        assert NEW not in str(halls.house.audit.lines(Wanted()))

    @pytest.mark.parametrize(
        ("changed", "sentence"),
        [
            ({"password": "wrong"}, "密码不对"),
            ({"again": "something else"}, "两次输入的新密码不一样"),
            ({"new": "short", "again": "short"}, "至少要10个字符"),
            ({"new": "1234567890", "again": "1234567890"}, "太好猜"),
            ({"new": "aaaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaaa"}, "太好猜"),
            ({"new": PASSWORD, "again": PASSWORD}, "和现在的一样"),
        ],
    )
    async def test_that_is_no_good_is_refused_beside_its_field(
        self, halls: TownHouse, desk: AtDesk, changed: dict[str, str], sentence: str
    ) -> None:
        data = {"password": PASSWORD, "new": NEW, "again": NEW, **changed}
        response = await desk.send(f"{ACCOUNT}/password", data, ACCOUNT)
        assert response.status_code == 422
        [said] = re.findall(r'<p class="error" id="e-[a-z]+">([^<]+)', response.text)
        assert sentence in said
        assert NEW not in response.text and PASSWORD not in response.text
        assert deeds(halls) == []

    async def test_that_was_given_by_somebody_else_is_changed_first(
        self, halls: TownHouse, desk: AtDesk, knock: Knock
    ) -> None:
        admin = AtDesk(knock(halls)).signed_in(halls, "王主任")
        page = await admin.send("/console/staff/accounts/李静/password", page="/console/staff/accounts/李静")
        [given] = re.findall(r'id="password">([^<]+)', page.text)
        await sign_in(desk, given)
        assert way(await desk.http.get("/console")) == ACCOUNT
        assert way(await desk.http.get("/console/audit")) == ACCOUNT
        refused(await desk.http.get("/api/counter/offices", headers=OWN_PAGE), 403, "password_change_needed")
        await desk.did(f"{ACCOUNT}/password", {"password": given, "new": NEW, "again": NEW}, ACCOUNT)
        assert "李静，您好" in await desk.look("/console")

    async def test_of_the_first_account_stays_as_the_settings_give_it(
        self, halls: TownHouse, desk: AtDesk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        monkeypatch.setattr(halls.house.staff_room, "_operators", frozenset({ADMIN}))
        await sign_in(desk, name=ADMIN)
        data = {"password": PASSWORD, "new": NEW, "again": NEW}
        response = await desk.send(f"{ACCOUNT}/password", data, ACCOUNT)
        assert response.status_code == 422 and "WENBAN_ADMIN_PASSWORD" in response.text


class TestTheSecondStep:
    @staticmethod
    async def begin(desk: AtDesk) -> tuple[str, str]:
        """The secret, and what comes back with the first code."""
        page = await desk.look(f"{ACCOUNT}/second-step")
        assert "data:image/svg+xml" in page
        [secret], [sealed] = re.findall(r"<code>(\w+)</code>", page), re.findall(r'name="sealed" value="([^"]+)"', page)
        assert secret not in sealed
        return secret, unescape(sealed)

    async def turn_on(self, halls: TownHouse, desk: AtDesk) -> pyotp.TOTP:
        secret, sealed = await self.begin(desk)
        codes = pyotp.TOTP(secret)
        data = {"sealed": sealed, "code": codes.at(halls.clock()), "password": PASSWORD}
        assert "两步验证已开启" in await desk.did(f"{ACCOUNT}/second-step", data)
        return codes

    async def test_is_asked_for_at_the_console_and_at_the_counter(self, halls: TownHouse, desk: AtDesk) -> None:
        codes = await self.turn_on(halls, desk)
        halls.clock.at += timedelta(minutes=1)
        for code in ("", "000000", "abc", codes.at(halls.clock() - timedelta(minutes=5))):
            assert (await sign_in(desk, code=code)).status_code == 401
        login = {"name": "李静", "password": PASSWORD, "code": codes.at(halls.clock())}
        assert (await desk.http.post("/api/counter/login", json=login, headers=OWN_PAGE)).status_code == 200
        refused(await desk.http.post("/api/counter/login", json=login, headers=OWN_PAGE), 401, "wrong_password")
        halls.clock.at += timedelta(seconds=30)
        assert way(await sign_in(desk, code=codes.at(halls.clock()))) == "/console"
        assert deeds(halls) == ["account.second_step"]
        assert codes.secret not in str(halls.house.audit.lines(Wanted()))

    async def test_a_code_that_turned_it_on_opens_nothing(self, halls: TownHouse, desk: AtDesk) -> None:
        codes = await self.turn_on(halls, desk)
        assert (await sign_in(desk, code=codes.at(halls.clock()))).status_code == 401

    async def test_a_code_is_good_a_little_early_and_a_little_late(self, halls: TownHouse, desk: AtDesk) -> None:
        codes = await self.turn_on(halls, desk)
        for moment in (timedelta(seconds=60), timedelta(seconds=120)):
            halls.clock.at += moment
            assert (await sign_in(desk, code=codes.at(halls.clock() - timedelta(seconds=30)))).status_code == 303

    async def test_is_not_turned_on_without_password_and_code(self, halls: TownHouse, desk: AtDesk) -> None:
        secret, sealed = await self.begin(desk)
        right = {"sealed": sealed, "code": pyotp.TOTP(secret).at(halls.clock()), "password": PASSWORD}
        for wrong in ({"password": "wrong"}, {"code": "000000"}, {"sealed": "x"}, {"sealed": sealed[:-2] + "AA"}):
            response = await desk.send(f"{ACCOUNT}/second-step", right | wrong)
            assert response.status_code == 422
        assert deeds(halls) == []

    async def test_is_turned_off_with_the_password(self, halls: TownHouse, desk: AtDesk) -> None:
        await self.turn_on(halls, desk)
        off = f"{ACCOUNT}/second-step/off"
        assert (await desk.send(off, {"password": "wrong"}, ACCOUNT)).status_code == 422
        assert "已关闭" in await desk.did(off, {"password": PASSWORD}, ACCOUNT)
        assert (await sign_in(desk)).status_code == 303
        assert deeds(halls) == ["account.no_second_step", "account.second_step"]

    async def test_is_taken_off_by_an_administrator_for_whoever_lost_her_telephone(
        self, halls: TownHouse, desk: AtDesk, knock: Knock
    ) -> None:
        await self.turn_on(halls, desk)
        admin, page = AtDesk(knock(halls)).signed_in(halls, "王主任"), "/console/staff/accounts/李静"
        assert "李静 的两步验证已关闭" in await admin.did(f"{page}/second-step-off", page=page)
        assert (await sign_in(desk)).status_code == 303
