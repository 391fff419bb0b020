"""The book of who did what, as administrators read it and take it with them."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from service_hall.staff.audit import Entry, Wanted
from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk
from tests.channels.web.conftest import Knock
from tests.fakes import EAST, EAST_HALL, TOWN_HALL
from tests.town_house import TownHouse


@pytest.fixture
def admin(halls: TownHouse, knock: Knock) -> AtDesk:
    desk = AtDesk(knock(halls)).signed_in(halls, "王主任", Role.ADMINISTRATOR)
    now = halls.clock()
    for number in range(120):
        halls.house.audit.record(
            Entry("李静", "office.hours", "office", f"hall-{number}", now - timedelta(days=number))
        )
    halls.house.audit.record(
        Entry("=HYPERLINK()", "staff.roles", "account", "<b>", now, {"roles": ["clerk"], "x": 1}, {"roles": [], "x": 1})
    )
    return desk


async def test_is_read_newest_first_page_by_page(admin: AtDesk) -> None:
    page = await admin.look("/console/audit")
    assert page.count("<tr>") == 51 and "&lt;b&gt;" in page and "<del>窗口人员</del> → （无）" in page
    assert "改角色和范围" in page and "hall-71" in page and "hall-70" not in page
    [older] = [part.split('"')[0] for part in page.split('href="')[1:] if part.startswith("?")]
    assert "hall-70" in await admin.look(f"/console/audit{older}")


async def test_is_filtered_by_who_what_on_what_and_when(halls: TownHouse, admin: AtDesk) -> None:
    assert "hall-1" not in await admin.look("/console/audit?what=staff.roles")
    assert (await admin.look("/console/audit?thing=hall-7")).count("<tr>") == 2
    assert "没有这样的记录" in await admin.look("/console/audit?by=nobody")
    today = halls.clock().date()
    page = await admin.look(
        f"/console/audit?by=李静&since={today - timedelta(days=2)}&until={today - timedelta(days=1)}"
    )
    assert page.count("<tr>") == 3
    assert (await admin.look("/console/audit?thing=hall-7&until=9999-12-31")).count("<tr>") == 2
    for never in ("yesterday", "2026-02-30"):
        await admin.look(f"/console/audit?until={never}", 422)


async def test_says_which_part_of_what_was_written_and_in_words(halls: TownHouse, admin: AtDesk) -> None:
    written = {"part": "fee", "digest": "2857a148"}
    halls.house.audit.record(
        Entry("李静", "guide.write", "guide", "dog-register", halls.clock(), written, {**written, "digest": "0fcfa94d"})
    )
    halls.house.audit.record(
        Entry("李静", "guide.approve", "guide", "dog-register", halls.clock(), {}, {"state": "approved"})
    )
    page = await admin.look("/console/audit")
    assert "犬只登记<br><small>dog-register</small>" in page and "哪一条</span> fee" in page
    assert "2857a148" not in page and "等发布日" in page and "approved" not in page
    assert "2857a148" in (await admin.http.get("/console/audit/sheet.csv")).text


async def test_is_exported_whole_runs_no_formula_and_that_is_noted_too(halls: TownHouse, admin: AtDesk) -> None:
    response = await admin.http.get("/console/audit/sheet.csv?what=staff.")
    [row] = csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")))
    assert row["谁"] == "'=HYPERLINK()" and row["改前"] == '{"roles": ["clerk"], "x": 1}'
    assert "attachment" in response.headers["content-disposition"]
    response = await admin.http.get("/console/audit/sheet.xlsx")
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert len(rows) == 1 + 122 + 1
    exports = halls.house.audit.lines(Wanted(what="audit.export"))
    assert [line.entry.by for line in exports] == ["王主任", "王主任"]
    assert exports[1].entry.after == {"what": "staff."}
    await admin.look("/console/audit/sheet.exe", 404)


async def test_whoever_is_limited_reads_of_her_people_and_her_offices(
    halls: TownHouse, admin: AtDesk, knock: Knock
) -> None:
    east = AtDesk(knock(halls)).signed_in(halls, "东区主任", Role.ADMINISTRATOR, regions=frozenset({EAST}))
    AtDesk(knock(halls)).signed_in(halls, "东区编辑", Role.CURATOR, regions=frozenset({EAST}))
    for by, kind, thing in (
        ("东区编辑", "guide", "dog-register"),
        ("李静", "office", EAST_HALL),
        ("李静", "office", TOWN_HALL),
        ("李静", "account", "东区编辑"),
    ):
        halls.house.audit.record(Entry(by, f"{kind}.x", kind, thing, halls.clock()))
    page = await east.look("/console/audit")
    assert page.count("<tr>") == 4 and TOWN_HALL not in page and "dog-register" in page
    sheet = (await east.http.get("/console/audit/sheet.csv")).content.decode("utf-8-sig")
    assert TOWN_HALL not in sheet and EAST_HALL in sheet
    assert TOWN_HALL in await admin.look("/console/audit")
