"""The accounts: added with a password that is shown once, changed by others alone, never without an administrator."""

from __future__ import annotations

import re
from html import unescape

import pytest

from server.storage.staff_store import StaffStore
from service_hall.staff.accounts import Duties
from service_hall.staff.audit import Wanted
from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk, way
from tests.channels.web.conftest import Knock
from tests.fakes import EAST, TOWN
from tests.town_house import TownHouse

STAFF = "/console/staff"


@pytest.fixture
def admin(halls: TownHouse, knock: Knock) -> AtDesk:
    return AtDesk(knock(halls)).signed_in(halls, "王主任", Role.ADMINISTRATOR)


def duties_of(halls: TownHouse, name: str) -> Duties | None:
    account = StaffStore(halls.house.engine).find(name)
    return account.duties if account else None


def errors(page: str) -> list[str]:
    return [
        unescape(each)
        for each in re.findall(
            r'<p class="error"[^>]*>([^<]+)|<div class="wrongs".*?<p>[^<]*</p>\s*<p>([^<]+)', page, re.DOTALL
        )
        for each in each
        if each
    ]


async def test_is_for_administrators_alone(halls: TownHouse, knock: Knock) -> None:
    for role in Role:
        desk = AtDesk(knock(halls)).signed_in(halls, f"某{role}", role)
        for path in (STAFF, f"{STAFF}/new", f"{STAFF}/accounts/某{role}", "/console/audit"):
            await desk.look(path, 200 if role is Role.ADMINISTRATOR else 403)


async def test_somebody_is_added_and_comes_in_with_the_password_that_is_shown_once(
    halls: TownHouse, admin: AtDesk, knock: Knock
) -> None:
    data = {"name": "李静", "roles[]": ["curator", "clerk"], "regions[]": [TOWN], "departments": "公安、 民政"}
    page = (await admin.send(f"{STAFF}/new", data)).text
    [given] = re.findall(r'id="password">([^<]+)', page)
    assert given not in await admin.look(f"{STAFF}/accounts/李静")
    assert duties_of(halls, "李静") == Duties(
        frozenset({Role.CURATOR, Role.CLERK}), frozenset({TOWN}), frozenset({"公安", "民政"})
    )
    herself = AtDesk(knock(halls))
    sent = await herself.http.post("/console/sign-in", data={"name": "李静", "password": given})
    assert way(sent) == "/console"
    listed = await admin.look(STAFF)
    assert "李静" in listed and "溪城市" in listed and "还没改初始密码" in listed
    [entry] = [line.entry for line in halls.house.audit.lines(Wanted(what="staff."))]
    assert (entry.by, entry.what, entry.thing) == ("王主任", "staff.add", "李静")
    assert given not in str(entry)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "请填写。"),
        ({"name": "李 静"}, "不能有空格"),
        ({"name": "a/b"}, "不能有空格和斜杠"),
        ({"name": ".."}, "不能只有句点"),
        ({"name": "王主任"}, "已经有这个账号了"),
        ({"name": "\u0430dmin"}, "字母用英文的"),
        ({"name": "Operator"}, "系统自己要用"),
        ({"roles[]": []}, "至少选一个角色"),
        ({"roles[]": ["emperor"]}, "请从列表里选"),
        ({"regions[]": ["999999"]}, "没有这个地区"),
    ],
)
async def test_what_is_wrong_is_said_beside_its_field_and_nothing_typed_is_lost(
    halls: TownHouse, admin: AtDesk, changed: dict[str, object], sentence: str
) -> None:
    data = {"name": "李静", "roles[]": ["curator"], "regions[]": [TOWN], "departments": '公安"<b>'}
    response = await admin.send(f"{STAFF}/new", {**data, **changed})
    assert response.status_code == 422
    assert any(sentence in each for each in errors(response.text)), response.text
    assert 'value="公安&#34;&lt;b&gt;"' in response.text
    assert duties_of(halls, "李静") is None


async def test_roles_change_at_once_and_the_book_says_from_what_to_what(
    halls: TownHouse, admin: AtDesk, knock: Knock
) -> None:
    herself = AtDesk(knock(halls)).signed_in(halls, "李静", Role.ANALYST)
    await herself.look("/console/audit", 403)
    page = await admin.did(f"{STAFF}/accounts/李静", {"roles[]": ["administrator"]})
    assert "李静 的角色和范围已保存" in page
    await herself.look("/console/audit")
    [entry] = [line.entry for line in halls.house.audit.lines(Wanted(what="staff."))]
    assert (entry.before["roles"], entry.after["roles"]) == (["analyst"], ["administrator"])


async def test_nobody_changes_her_own_duties(halls: TownHouse, admin: AtDesk) -> None:
    address = f"{STAFF}/accounts/王主任"
    for data in ({"roles[]": ["administrator", "curator"]}, {"roles[]": ["curator"]}, {"disabled": "on"}):
        response = await admin.send(address, data)
        assert response.status_code == 422 and "别的管理员" in response.text
    assert (await admin.send(f"{address}/password", page=address)).status_code == 422
    assert (await admin.send(f"{address}/second-step-off", page=address)).status_code == 422


async def test_the_last_administrator_stays(halls: TownHouse, admin: AtDesk, knock: Knock) -> None:
    """Of two, one is let go; whoever is left may not be, not even by somebody who rules a district."""
    AtDesk(knock(halls)).signed_in(halls, "李静", Role.ADMINISTRATOR)
    assert "已保存" in await admin.did(f"{STAFF}/accounts/李静", {"roles[]": ["administrator"], "regions[]": [EAST]})
    district = AtDesk(knock(halls)).signed_in(halls, "李静")
    await district.look(f"{STAFF}/accounts/王主任", 404)
    token = await district.csrf(STAFF)
    for errand in ("", "/password", "/second-step-off", "/end-sessions"):
        sent = await district.http.post(f"{STAFF}/accounts/王主任{errand}", data={"csrf": token, "roles[]": "clerk"})
        assert sent.status_code in (404, 422), errand
    assert duties_of(halls, "王主任") == Duties(frozenset({Role.ADMINISTRATOR}))


async def test_whoever_rules_a_district_gives_no_more_than_she_has(
    halls: TownHouse, admin: AtDesk, knock: Knock
) -> None:
    AtDesk(knock(halls)).signed_in(halls, "东河管理员", Role.ADMINISTRATOR, regions=frozenset({EAST}))
    district = AtDesk(knock(halls)).signed_in(halls, "东河管理员")
    for regions in ([], [TOWN], [EAST, TOWN]):
        data = {"name": "新人", "roles[]": ["curator"], "regions[]": regions}
        response = await district.send(f"{STAFF}/new", data)
        assert response.status_code == 422 and "您的范围" in response.text
    data = {"name": "新人", "roles[]": ["curator"], "regions[]": [EAST]}
    assert (await district.send(f"{STAFF}/new", data)).status_code == 200
    assert "王主任" not in (await district.look(STAFF)).split("<tbody>")[1]


async def test_whoever_is_disabled_is_out_at_once_and_stays_out(halls: TownHouse, admin: AtDesk, knock: Knock) -> None:
    herself = AtDesk(knock(halls)).signed_in(halls, "李静", Role.CLERK)
    await admin.did(f"{STAFF}/accounts/李静", {"roles[]": ["clerk"], "disabled": "on"})
    assert way(await herself.http.get("/console")).startswith("/console/sign-in")
    await admin.did(f"{STAFF}/accounts/李静", {"roles[]": ["clerk"]})
    assert [line.entry.what for line in halls.house.audit.lines(Wanted(what="staff."))] == [
        "staff.enable",
        "staff.disable",
    ]


async def test_sessions_are_ended_for_whoever_forgot_to_sign_out(halls: TownHouse, admin: AtDesk, knock: Knock) -> None:
    herself, address = AtDesk(knock(halls)).signed_in(halls, "李静", Role.CLERK), f"{STAFF}/accounts/李静"
    assert "退出登录" in await admin.did(f"{address}/end-sessions", page=address)
    assert way(await herself.http.get("/console")).startswith("/console/sign-in")


async def test_an_account_that_there_is_not_is_said_so(admin: AtDesk) -> None:
    await admin.look(f"{STAFF}/accounts/nobody", 404)
    assert (await admin.send(f"{STAFF}/accounts/nobody/dance", page=STAFF)).status_code == 404
