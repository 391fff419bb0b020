"""What whoever is limited to a district is shown, at every page and export of the console and with every role, and that
she changes nothing beyond it. `reach.txt` is the table: a new page that it does not name fails here."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from openpyxl import load_workbook

from knowledge_base.model import RegionCode
from server.jobs import count_days
from server.storage.staff_store import StaffStore
from service_hall.conversation.context import Context
from service_hall.conversation.records import RecordedTurn
from service_hall.conversation.reply import Outcome, TextReply
from service_hall.publishing.draft import DocumentKey
from service_hall.shared.ids import MessageId, VisitorId
from service_hall.staff.accounts import Duties
from service_hall.staff.audit import Entry, Wanted
from service_hall.staff.roles import Role
from tests.channels.console.shell.desk import AtDesk
from tests.channels.console.shell.test_permissions_of_doors import DOORS, in_the_app, may_go_in
from tests.channels.web.conftest import Knock
from tests.fakes import EAST, EAST_HALL, TOWN_HALL, WEST, WEST_HALL
from tests.town_house import TownHouse

TABLE = Path(__file__).with_name("reach.txt").read_text("utf-8")
REACH: dict[str, str] = dict(line.split() for line in TABLE.splitlines() if not line.startswith("#"))
SAID = {EAST: "东河的渔船怎么过户", WEST: "西山的骆驼怎么上牌", "": "哪里都能养企鹅吗"}
STAFF = {EAST: "东河同事", WEST: "西山同事"}
HALLS = {EAST: EAST_HALL, WEST: WEST_HALL}
TASK = "全市都问的飞船怎么停"
NEW_STATEMENT = {"kind": "fee", "id": "fee-new"}


@pytest.fixture
def drafts(halls: TownHouse) -> dict[str, str]:
    """Something of each district, and of none. → The draft of each."""
    house, now = halls.house, halls.clock()
    for region, said in SAID.items():
        name = region or "nowhere"
        replies = (TextReply(text=f"{said}？没有。"),)
        turn = RecordedTurn(MessageId(f"m_{name}"), VisitorId(f"v_{name}"), now, said, Outcome.NOT_FOUND, replies, 5)
        halls.records.record(turn, Context(region=region or None))
    count_days(house)
    for region, name in STAFF.items():
        StaffStore(house.engine).add(name, "no hash", now, Duties(frozenset({Role.CURATOR}), frozenset({region})))
        house.audit.record(Entry(name, "conversation.look", "conversation", f"m_{region}", now))
    house.publishing.asked.assign(TASK, 3, "市航天局", date(2026, 6, 30), "", "总编辑")
    begin = house.publishing.writing.begin
    return {region: begin(DocumentKey("dog-register", region), STAFF[region]).draft_id for region in STAFF}


def addresses(drafts: dict[str, str], region: RegionCode) -> dict[str, list[str]]:
    """Of what belongs to a district, where the page has its id in the address; of a list, both kinds of file."""
    return {
        "/console/audit/sheet.{kind_of_file}": ["/console/audit/sheet.csv", "/console/audit/sheet.xlsx"],
        "/console/conversations/sheet.{kind_of_file}": [
            "/console/conversations/sheet.csv", "/console/conversations/sheet.xlsx",
        ],
        "/console/conversations/{message_id}": [f"/console/conversations/m_{region}"],
        "/console/figures/{table}.csv": ["/console/figures/days.csv", "/console/figures/whole.csv"],
        "/console/knowledge/drafts/{draft_id}/new": [f"/console/knowledge/drafts/{drafts[region]}/new"],
        "/console/offices/exchange/{table}.csv": ["/console/offices/exchange/offices.csv"],
        "/console/offices/{office_id}": [f"/console/offices/{HALLS[region]}"],
        "/console/staff/accounts/{name}": [f"/console/staff/accounts/{STAFF[region]}"],
    }  # fmt: skip


def text_of(response: httpx.Response) -> str:
    if "spreadsheet" not in response.headers.get("content-type", ""):
        return response.text
    book = load_workbook(io.BytesIO(response.content))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def test_every_page_and_export_stands_in_the_table(closed_app: FastAPI) -> None:
    pages = {path for method, path in in_the_app(closed_app) if method == "GET" and path.startswith("/console")}
    assert pages == set(REACH)
    assert set(REACH.values()) == {"everybody", "own", "talk", "hers", "whole"}


@pytest.mark.parametrize("role", Role)
async def test_a_district_is_shown_its_own_and_what_belongs_to_none(
    halls: TownHouse, drafts: dict[str, str], knock: Knock, role: Role
) -> None:
    limited = AtDesk(knock(halls)).signed_in(halls, "她", role, regions=frozenset({EAST}))
    others = AtDesk(knock(halls)).signed_in(halls, "不限的人", role)
    east, west = addresses(drafts, EAST), addresses(drafts, WEST)
    talk_of_west, of_west = {SAID[WEST], f"m_{WEST}"}, {SAID[WEST], f"m_{WEST}", STAFF[WEST], TASK}
    for method, path, needed in DOORS:
        reach = REACH.get(path, "")
        if method != "GET" or not reach or not may_go_in(role, needed):
            continue
        if reach == "whole":
            assert (await limited.http.get(path)).status_code == 403, path
            continue
        for address in [path] if "{" not in path else east.get(path, []):
            shown = await limited.http.get(address)
            assert shown.status_code in (200, 303), (address, shown.status_code)
            told = text_of(shown)
            assert not [each for each in (talk_of_west if reach == "everybody" else of_west) if each in told], (
                role,
                address,
            )
            if path in ("/console/conversations", "/console/knowledge/asked"):
                assert SAID[EAST] in told and SAID[""] in told and "没说地区" in told, address
                assert SAID[WEST] in await others.look(address), address
            if reach == "talk" and "sheet" in address:
                assert SAID[EAST] in told and SAID[""] in told and "没说地区" in told, address
        for address in west.get(path, []):
            if address not in east[path]:
                assert (await limited.http.get(address)).status_code in (403, 404), (role, address)
                assert (await others.http.get(address)).status_code == 200, (role, address)


async def test_the_figures_say_whose_they_are_on_the_page_and_in_each_sheet(
    halls: TownHouse, drafts: dict[str, str], knock: Knock
) -> None:
    limited = AtDesk(knock(halls)).signed_in(halls, "她", Role.ANALYST, regions=frozenset({EAST}))
    figures = "/console/figures"
    for query, messages, where in (
        ("", 2, "您的范围和没说地区的"), (f"?region={EAST}", 1, "东河区"), ("?region=-", 1, "没说地区"),
    ):  # fmt: skip
        page = await limited.look(f"{figures}{query}")
        assert f"<dt>消息</dt><dd>{messages}</dd>" in page and where in page, query
        sheet = (await limited.http.get(f"{figures}/whole.csv{query}")).text
        assert f"地区,{where}," in sheet and f"\n消息,{messages}," in sheet.replace("\r", ""), query
    await limited.look(f"{figures}?region={WEST}", 403)


@pytest.mark.parametrize("page", ["/console/conversations", "/console/figures", "/console/knowledge/asked"])
async def test_a_district_that_is_gone_is_no_leave_to_see_what_belongs_to_none(
    halls: TownHouse, drafts: dict[str, str], knock: Knock, page: str
) -> None:
    gone = AtDesk(knock(halls)).signed_in(halls, "撤销的区", Role.ANALYST, regions=frozenset({"999999"}))
    for query in ("", "?region=-", f"?region={EAST}"):
        await gone.look(f"{page}{query}", 403)


async def test_nothing_beyond_the_district_is_changed(halls: TownHouse, drafts: dict[str, str], knock: Knock) -> None:
    """With every role at once, which is more than anybody has."""
    limited = AtDesk(knock(halls)).signed_in(halls, "她", *Role, regions=frozenset({EAST}))
    csrf = await limited.csrf("/console/account")
    draft, account = f"/console/knowledge/drafts/{drafts[WEST]}", f"/console/staff/accounts/{STAFF[WEST]}"
    [task] = halls.house.publishing.asked.tasks()
    tried: list[tuple[str, dict[str, str]]] = [
        (f"/console/conversations/m_{WEST}/notes", {"flag": "wrong"}),
        (f"/console/conversations/m_{WEST}/notes/n_1/drop", {}),
        ("/console/knowledge/asked/tasks/new", {"question": "问", "department": "局", "due_on": "2026-06-30"}),
        (f"/console/knowledge/asked/tasks/{task.task_id}/done", {}),
        (f"{draft}/drop", {}),
        (f"{draft}/hand-in", {"note": "改了"}),
        (f"{draft}/take-back", {}),
        (f"{draft}/inherited/fee", {"how": "remove"}),
        (f"{draft}/move/fee", {"to": "up"}),
        (f"{draft}/new", NEW_STATEMENT),
        (f"{draft}/parts/-", {"name": "犬"}),
        (f"{draft}/parts/-/remove", {}),
        ("/console/knowledge/guides/dog-register/drafts", {"region": WEST}),
        (f"/console/knowledge/guides/dog-register/history/{WEST}/1/roll-back", {}),
        ("/console/knowledge/questions/add", {"q": "养狗", "guide_id": "dog-register", "statement_id": "fee"}),
        (f"/console/knowledge/reviews/{drafts[WEST]}/approve", {}),
        (f"/console/knowledge/reviews/{drafts[WEST]}/give-back", {"reason": "不对"}),
        ("/console/knowledge/testing/sets/new", {"name": "必测", "questions": "养狗", "is_gate": "on"}),
        ("/console/offices/new", {"id": "new-hall", "like": TOWN_HALL, "region": WEST}),
        (f"/console/offices/new-hall?like={TOWN_HALL}&region={WEST}", {"like": TOWN_HALL, "region": WEST}),
        (f"/console/offices/{WEST_HALL}", {"name": "西山"}),
        (f"/console/offices/{WEST_HALL}/tell", {}),
        ("/console/orders/notice", {"text": "停电"}),
        ("/console/orders/notice/end", {}),
        ("/console/orders/search-only", {"on": "on"}),
        ("/console/rates/new", {"id": "x", "title": "x"}),
        ("/console/scenarios/new", {"id": "x", "title": "x"}),
        (account, {"roles[]": "curator"}),
        (f"{account}/password", {}),
        (f"{account}/end-sessions", {}),
        (f"{account}/second-step-off", {}),
        ("/console/staff/new", {"name": "新同事", "roles[]": "curator", "regions[]": WEST}),
    ]
    before = halls.house.audit.lines(Wanted())
    for path, sent in tried:
        response = await limited.http.post(path, data={"csrf": csrf, **sent})
        refused = (422,) if path.endswith("/new") and "draft" not in path else ()
        assert response.status_code in (403, 404, *refused), (path, response.status_code)
    assert halls.house.audit.lines(Wanted()) == before
    assert halls.house.hall.office("new-hall") is None
