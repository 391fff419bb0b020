"""Small things that keep the console and its data whole."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import httpx
import pytest

from channels.console.knowledge.exchange import LAYOUT
from channels.console.sheet_files import MOST_UNPACKED_BYTES, SheetUnreadable, rows_in
from channels.console.shell.forms import CONTROLS
from channels.limits import FEWEST_AT_THE_CONSOLE
from server.app import make_app
from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk
from tests.channels.web.conftest import Knock
from tests.town_house import TownHouse


@pytest.fixture
def admin(halls: TownHouse, knock: Knock) -> AtDesk:
    return AtDesk(knock(halls)).signed_in(halls, "王主任", Role.ADMINISTRATOR)


@pytest.mark.parametrize("name", ["ＡＤＭＩＮ", "Admin", "admin", "ａｄｍｉｎ"])
async def test_a_name_that_reads_as_another_is_taken(halls: TownHouse, admin: AtDesk, name: str) -> None:
    halls.house.accounts.open_admin("a long password of ours")
    response = await admin.send("/console/staff/new", {"name": name, "roles[]": "clerk"})
    assert response.status_code == 422 and "已经有这个账号了" in response.text


async def test_control_characters_are_refused_beside_the_field(admin: AtDesk) -> None:
    response = await admin.send("/console/staff/new", {"name": "李\x00静", "roles[]": "clerk"})
    assert response.status_code == 422 and CONTROLS in response.text and "李静" in response.text


@pytest.mark.parametrize(
    "path",
    [
        "/console/audit?by=%00", "/console/conversations?words=a%07b", "/console/knowledge/guides/%00",
        "/console/knowledge/guides?q=%01", "/console/conversations/m%00", "/console/figures?region=%00",
        "/console/knowledge/drafts/%00/parts/%00",
    ],
)  # fmt: skip
async def test_control_characters_in_an_address_are_refused(admin: AtDesk, path: str) -> None:
    response = await admin.http.get(path)
    assert response.status_code == 422 and "控制字符" in response.text


async def test_a_name_that_no_database_keeps_signs_nobody_in(admin: AtDesk) -> None:
    response = await admin.http.post("/console/sign-in", data={"name": "a\x00b", "password": "x"})
    assert response.status_code == 401


async def test_nonsense_for_yes_or_no_gets_a_sentence(admin: AtDesk) -> None:
    told = {"name": "题", "questions": "养狗要不要上证", "is_gate": "vielleicht"}
    response = await admin.send("/console/knowledge/testing/sets/new", told)
    assert response.status_code == 422 and "请填“是”或者“否”。" in response.text
    response = await admin.http.get("/console/knowledge/exchange/guides.xlsx?empty=vielleicht")
    assert response.status_code == 422 and "bool" not in response.text


def test_a_workbook_that_unpacks_too_large_is_refused_before_it_is_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("xl/worksheets/sheet1.xml", b" " * (MOST_UNPACKED_BYTES + 1))
    content = packed.getvalue()
    assert MOST_UNPACKED_BYTES == 64 * 1024 * 1024 and len(content) < 2**20
    with pytest.raises(SheetUnreadable, match="解开后太大"):
        rows_in("a.xlsx", content, 2**23, 100, LAYOUT)


async def test_strangers_are_counted_at_the_console_and_staff_are_not(tmp_path: Path) -> None:
    town = TownHouse(tmp_path, rate_per_address=1)
    app = make_app(town.house)

    def at() -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://town.test")

    async with at() as stranger, at() as known:
        statuses = [(await stranger.get("/console/sign-in")).status_code for _ in range(FEWEST_AT_THE_CONSOLE + 2)]
        assert statuses == [200] * FEWEST_AT_THE_CONSOLE + [429] * 2
        assert (await stranger.get("/api/knowledge/search?q=a")).status_code == 200  # counted apart
        desk = AtDesk(known).signed_in(town, "王主任", Role.ADMINISTRATOR)
        for _ in range(FEWEST_AT_THE_CONSOLE + 5):
            await desk.look("/console/account")


async def test_what_is_asked_before_each_publication_is_not_emptied_by_a_curator_alone(
    halls: TownHouse, admin: AtDesk, knock: Knock
) -> None:
    curator = AtDesk(knock(halls)).signed_in(halls, "编辑", Role.CURATOR)
    few = {"name": "必测", "questions": "养狗要不要上证", "is_gate": "on"}
    [kept] = [each for each in halls.house.publishing.desk.questions.sets() if each.is_gate]
    page = f"/console/knowledge/testing/sets/{kept.set_id}"
    others = "\n".join(f"你好{each}" for each in range(len(kept.questions) + 1))  # as many, and none of them
    for changed in (few, {**few, "is_gate": ""}, {**few, "questions": others}):
        response = await curator.send(page, changed)
        assert response.status_code == 403 and "去掉和改动要审核员来做" in response.text
    assert halls.house.publishing.desk.questions.set(kept.set_id) == kept
    assert (await admin.send(page, few)).status_code == 303
