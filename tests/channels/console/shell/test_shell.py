"""The frame of every page of the console: who gets in, whose forms count, and that nothing typed is lost."""

from __future__ import annotations

from html import unescape
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from channels.console.staff import COOKIE
from server.staff import ADMIN
from server.storage.staff_store import StaffStore
from service_hall.staff.accounts import Duties
from service_hall.staff.roles import Role
from tests.channels.callers import OWN_PAGE
from tests.channels.console.shell.desk import BROWSER, AtDesk, way
from tests.channels.web.conftest import Knock, refused
from tests.set_time import SetTime
from tests.town_house import TownHouse

PASSWORD = "a password of the tests"
SIGN_IN = "/console/sign-in"


@pytest.fixture
def desk(halls: TownHouse, knock: Knock) -> AtDesk:
    """Somebody who is not signed in."""
    return AtDesk(knock(halls))


@pytest.fixture
def administrator(halls: TownHouse, knock: Knock) -> AtDesk:
    return AtDesk(knock(halls)).signed_in(halls, "王主任", Role.ADMINISTRATOR)


async def sign_in(desk: AtDesk, **changed: Any) -> httpx.Response:
    return await desk.http.post(SIGN_IN, data={"name": ADMIN, "password": PASSWORD, **changed})


class TestSigningIn:
    async def test_whoever_is_not_signed_in_is_sent_there_and_comes_back(self, halls: TownHouse, desk: AtDesk) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        sent = await desk.http.get("/console?a=b&c=电")
        assert way(sent) == f"{SIGN_IN}?next={quote('/console?a=b&c=%E7%94%B5', safe='/')}"
        page = await desk.look(way(sent))
        assert 'value="/console?a=b&amp;c=%E7%94%B5"' in page
        assert way(await sign_in(desk, next="/console?a=b")) == "/console?a=b"
        assert way(await desk.http.get(SIGN_IN)) == "/console"

    async def test_opens_the_counter_too_and_the_counters_session_opens_the_console(
        self, halls: TownHouse, desk: AtDesk, knock: Knock
    ) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        await sign_in(desk)
        assert (await desk.http.get("/api/counter/me", headers=OWN_PAGE)).json() == {"name": ADMIN}
        counter = knock(halls)
        await counter.post("/api/counter/login", json={"name": ADMIN, "password": PASSWORD}, headers=OWN_PAGE)
        assert "admin，您好" in await AtDesk(counter).look("/console")

    async def test_the_cookie_is_for_no_script_and_no_other_site(self, halls: TownHouse, desk: AtDesk) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        cookies = (await sign_in(desk)).headers.get_list("set-cookie")
        assert len(cookies) == 3
        for cookie in cookies:
            assert "httponly" in cookie.lower() and "samesite=strict" in cookie.lower()
            assert PASSWORD not in cookie

    @pytest.mark.parametrize(
        "changed", [{"password": "wrong"}, {"name": "nobody"}, {"password": ""}, {"name": "x" * 65}, {"name": "\0"}]
    )
    async def test_anything_else_is_refused_alike_and_the_name_stays(
        self, halls: TownHouse, desk: AtDesk, changed: dict[str, str]
    ) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        response = await sign_in(desk, **changed)
        assert response.status_code == 401 and "账号、密码或动态码不对" in response.text
        assert "set-cookie" not in response.headers and PASSWORD not in response.text
        if "name" not in changed:
            assert f'value="{ADMIN}"' in response.text

    @pytest.mark.parametrize(
        "elsewhere",
        [
            "https://evil.example/",
            "//evil.example",
            "/counter",
            "/console\\x",
            "javascript:1",
            "/console/..//evil.example",
        ],
    )
    async def test_leads_to_no_other_site(self, halls: TownHouse, desk: AtDesk, elsewhere: str) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        assert way(await sign_in(desk, next=elsewhere)) == "/console"

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "", "Origin": "null"},
         {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}, {"Sec-Fetch-Site": ""}],
    )  # fmt: skip
    async def test_from_another_site_is_refused(self, halls: TownHouse, desk: AtDesk, headers: dict[str, str]) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        response = await desk.http.post(SIGN_IN, data={"name": ADMIN, "password": PASSWORD}, headers=headers)
        assert response.status_code == 403 and "set-cookie" not in response.headers

    async def test_where_no_browser_says_from_where_the_origin_counts(self, halls: TownHouse, desk: AtDesk) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        headers = {"Sec-Fetch-Site": "", "Origin": "http://town.test"}
        response = await desk.http.post(SIGN_IN, data={"name": ADMIN, "password": PASSWORD}, headers=headers)
        assert way(response) == "/console"

    async def test_guesses_are_slowed_as_at_the_counter(
        self, halls: TownHouse, knock: Knock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("server.app.Guesses", SetTime().guesses)
        monkeypatch.setattr(halls.house.accounts, "accepts", lambda *_: None)
        desk = AtDesk(knock(halls))
        statuses = [(await sign_in(desk)).status_code for _ in range(200)]
        assert statuses[0] == 401 and statuses[-1] == 429
        refused(
            await desk.http.post("/api/counter/login", json={"name": ADMIN, "password": "x"}, headers=OWN_PAGE),
            429,
            "too_many_requests",
        )


class TestForms:
    async def test_the_first_page_says_who_she_is_and_what_she_may(self, administrator: AtDesk) -> None:
        page = await administrator.look("/console")
        assert "王主任，您好" in page and "管理员" in page and 'href="/counter"' in page

    async def test_whoever_has_no_role_sees_no_doors(self, halls: TownHouse, desk: AtDesk) -> None:
        page = await desk.signed_in(halls, "新来的", Role.ANALYST).look("/console")
        assert 'href="/counter"' not in page

    async def test_sign_out_ends_the_session_everywhere(
        self, halls: TownHouse, administrator: AtDesk, knock: Knock
    ) -> None:
        elsewhere = AtDesk(knock(halls)).signed_in(halls, "王主任")
        assert way(await administrator.send("/console/sign-out", page="/console")) == SIGN_IN
        assert way(await elsewhere.http.get("/console")) == SIGN_IN

    async def test_without_its_token_or_from_elsewhere_no_form_counts(
        self, halls: TownHouse, administrator: AtDesk, knock: Knock
    ) -> None:
        token = await administrator.csrf("/console")
        other = await AtDesk(knock(halls)).signed_in(halls, "别人", Role.ADMINISTRATOR).csrf("/console")
        for data, headers in (
            ({}, BROWSER),
            ({"csrf": ""}, BROWSER),
            ({"csrf": other}, BROWSER),
            ({"csrf": token + "x"}, BROWSER),
            ({"csrf": token}, {"Sec-Fetch-Site": "cross-site"}),
        ):
            response = await administrator.http.post("/console/sign-out", data=data, headers=headers)
            assert response.status_code == 403 and "表单已经过期" in response.text
        assert "您好" in await administrator.look("/console")

    async def test_whose_session_ended_meanwhile_loses_nothing_that_was_typed(
        self, halls: TownHouse, desk: AtDesk
    ) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        typed = {"csrf": "old", "title": '借书证"<怎么>办', "lines[]": ["一", "二"]}
        asked = await desk.http.post("/console/guides/1", data=typed)
        assert asked.status_code == 404  # no such page here
        desk.http.cookies.clear()
        asked = await desk.http.post("/console/sign-out", data=typed)
        assert asked.status_code == 401 and "刚才填写的内容还在" in asked.text
        kept = asked.text.split('name="kept" value="')[1].split('"')[0]
        again = await sign_in(desk, next="/console/sign-out", kept=unescape(kept))
        assert again.status_code == 200 and COOKIE in again.headers["set-cookie"]
        assert 'name="title" value="借书证&#34;&lt;怎么&gt;办"' in again.text
        assert again.text.count('name="lines[]"') == 2
        token = unescape(again.text.split('name="csrf" value="')[1].split('"')[0])
        assert way(await desk.http.post("/console/sign-out", data={**typed, "csrf": token})) == SIGN_IN

    @pytest.mark.parametrize("kept", [r'[["name", "\ud800"]]', "[" * 12_000, "{}", "1"])
    async def test_what_no_form_of_ours_kept_is_no_fault_of_ours(
        self, halls: TownHouse, desk: AtDesk, kept: str
    ) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        assert "已经重新登录" in (await sign_in(desk, next="/console/staff/new", kept=kept)).text

    async def test_what_another_site_sent_is_not_kept_for_after_the_sign_in(self, desk: AtDesk) -> None:
        response = await desk.http.post("/console/sign-out", data={"a": "b"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert way(response) == SIGN_IN

    async def test_a_page_that_there_is_not_says_so_in_words(self, administrator: AtDesk, desk: AtDesk) -> None:
        assert "没有找到您要的内容" in await administrator.look("/console/nowhere", 404)

    async def test_pages_are_kept_nowhere_and_run_no_foreign_code(self, administrator: AtDesk) -> None:
        response = await administrator.http.get("/console")
        assert response.headers["cache-control"] == "no-store"
        assert "unsafe" not in response.headers["content-security-policy"]
        assert response.headers["referrer-policy"] == "same-origin"


class TestTheFirstPassword:
    async def test_is_changed_before_anything_else(self, halls: TownHouse, desk: AtDesk) -> None:
        halls.house.accounts.open_admin(PASSWORD)
        desk.signed_in(halls, "李静", Role.CLERK)
        StaffStore(halls.house.engine).change("李静", "hash", must_change=True)
        desk.signed_in(halls, "李静")
        assert way(await desk.http.get("/console")) == "/console/account"
        me = await desk.http.get("/api/counter/offices", headers=OWN_PAGE)
        refused(me, 403, "password_change_needed")


class TestTheCounter:
    async def test_is_for_those_who_work_there(self, halls: TownHouse, desk: AtDesk) -> None:
        desk.signed_in(halls, "分析员", Role.ANALYST)
        for path in ("/offices", "/town-hall/1", "/town-hall/days"):
            refused(await desk.http.get(f"/api/counter{path}", headers=OWN_PAGE), 403, "not_allowed")

    async def test_a_clerk_of_one_district_works_at_its_halls_alone(self, halls: TownHouse, desk: AtDesk) -> None:
        desk.signed_in(halls, "东河窗口", Role.CLERK, regions=frozenset({"880101"}))
        offices = (await desk.http.get("/api/counter/offices", headers=OWN_PAGE)).json()["offices"]
        assert {each["office_id"] for each in offices} == {"east-hall"}
        assert (await desk.http.get("/api/counter/east-hall/days", headers=OWN_PAGE)).status_code == 200
        refused(await desk.http.get("/api/counter/town-hall/days", headers=OWN_PAGE), 403, "not_allowed")


def test_an_account_without_duties_may_nothing() -> None:
    assert not Duties().roles and not Duties().rules_all
