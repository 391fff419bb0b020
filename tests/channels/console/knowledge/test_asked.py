"""What citizens asked in vain, in the pages of the console."""

from __future__ import annotations

from channels.console.knowledge.asked import ASKED
from service_hall.conversation.context import Context
from service_hall.conversation.records import RecordedTurn
from service_hall.conversation.reply import AnswerReply, Outcome, TextReply
from service_hall.shared.ids import AnswerId, MessageId, VisitorId
from service_hall.staff.audit import Wanted
from service_hall.staff.roles import Role
from tests.channels.console.conftest import At
from tests.channels.console.shell.desk import AtDesk
from tests.fakes import EAST, TOWN, WEST
from tests.town_house import TownHouse


def asked(town: TownHouse, *sentences: str, outcome: Outcome = Outcome.NOT_FOUND, region: str | None = None) -> None:
    for number, said in enumerate(sentences):
        turn = RecordedTurn(
            MessageId(f"m_{outcome}_{region}_{number}"),
            VisitorId("v_1"),
            town.clock(),
            said,
            outcome,
            (TextReply(text="没有"),),
            5,
        )
        town.records.record(turn, Context(region=region))


async def test_they_stand_there_the_most_frequent_first_with_ways_to_mend_them(
    knowing: TownHouse, anna: AtDesk
) -> None:
    asked(knowing, "渔船怎么过户", "渔船怎么过户？", "火星怎么去", "/ask_fee{}")
    asked(knowing, "养狗要不要上证", outcome=Outcome.CLARIFY)
    page = await anna.look(ASKED)
    assert page.index("渔船怎么过户") < page.index("火星怎么去") and "/ask_fee" not in page
    assert "现在答得上" in page and "拿不准 1" in page and "没答上 2" in page
    assert "/console/knowledge/questions?q=%E6%B8%94" in page
    assert "火星怎么去" not in await anna.look(f"{ASKED}?why=clarify")


async def test_one_is_given_to_a_department_with_a_day(anna: AtDesk, knowing: TownHouse) -> None:
    asked(knowing, "渔船怎么过户？")
    wrong = await anna.send(
        f"{ASKED}/tasks/new", {"question": "渔船怎么过户", "department": "渔政", "due_on": "2020-01-01"}
    )
    assert wrong.status_code == 422 and "这一天已经过了" in wrong.text and "渔政" in wrong.text
    often = await anna.send(
        f"{ASKED}/tasks/new", {"question": "渔船", "times": "9" * 30, "department": "渔政", "due_on": "2026-06-10"}
    )
    assert often.status_code == 422  # more than a database holds
    page = await anna.did(
        f"{ASKED}/tasks/new", {"question": "渔船怎么过户", "times": "4", "department": "渔政", "due_on": "2026-06-10"}
    )
    assert "已派给渔政" in page and "2026-06-10" in page
    assert "已派给渔政" in await anna.look(ASKED)
    [task] = [each for each in page.split('"') if each.endswith("/done")]
    assert "办结" in await anna.did(task, page=f"{ASKED}/tasks")
    assert "已派给" not in await anna.look(ASKED)


async def test_an_analyst_sees_them_and_gives_none_away(at: At, knowing: TownHouse) -> None:
    asked(knowing, "渔船怎么过户")
    analyst = at("ana", Role.ANALYST)
    assert "派给部门" not in await analyst.look(ASKED)
    await analyst.look(f"{ASKED}/tasks", 403)
    await at("clerk", Role.CLERK).look(ASKED, 403)


async def test_where_it_was_asked_stands_beside_it_and_may_be_chosen(at: At, knowing: TownHouse) -> None:
    asked(knowing, "渔船怎么过户", "火星怎么去")
    asked(knowing, "渔船怎么过户", region=EAST)
    asked(knowing, "骆驼怎么上牌", region=WEST)
    analyst = at("ana", Role.ANALYST)
    page = await analyst.look(ASKED)
    assert "东河区 1" in page and "没说地区 1" in page and "西山区 1" in page
    only = await analyst.look(f"{ASKED}?region={WEST}")
    assert "骆驼" in only and "渔船" not in only and "火星" not in only
    nowhere = await analyst.look(f"{ASKED}?region=-")
    assert "火星" in nowhere and "东河区 1" not in nowhere and "骆驼" not in nowhere
    await analyst.look(f"{ASKED}?region=999999", 404)


async def test_whoever_is_limited_is_shown_hers_and_what_names_no_region(
    at: At, anna: AtDesk, knowing: TownHouse
) -> None:
    asked(knowing, "渔船怎么过户", "火星怎么去")
    asked(knowing, "渔船怎么过户", region=EAST)
    asked(knowing, "骆驼怎么上牌", region=WEST)
    east = at("east", Role.CURATOR, regions=frozenset({EAST}))
    page = await east.look(ASKED)
    assert "渔船" in page and "火星" in page and "没说地区" in page and "骆驼" not in page and "西山" not in page
    await east.look(f"{ASKED}?region={WEST}", 403)
    await anna.did(f"{ASKED}/tasks/new", FISHERY)
    assert "市渔政支队" not in await east.look(f"{ASKED}/tasks")


async def test_whoever_is_limited_to_departments_is_shown_answers_of_theirs_that_were_of_no_use(
    at: At, knowing: TownHouse
) -> None:
    told = AnswerReply(
        text="带身份证。", answer_id="a_1", guide_id="library-card-lost", guide_name="借书证丢失补办", aspect="materials",
        region=TOWN, sources=(),
    )  # fmt: skip
    turn = RecordedTurn(
        MessageId("m_1"), VisitorId("v_1"), knowing.clock(), "借书证怎么补", Outcome.ANSWERED, (told,), 5
    )
    knowing.records.record(turn, Context())
    knowing.records.judge(VisitorId("v_1"), AnswerId("a_1"), False, "", knowing.clock())
    asked(knowing, "火星怎么去")
    books = at("books", Role.CURATOR, departments=frozenset({"主管部门"}))
    police = at("police", Role.CURATOR, departments=frozenset({"公安"}))
    assert "借书证怎么补" in await books.look(ASKED)
    page = await police.look(ASKED)
    assert "借书证怎么补" not in page and "火星怎么去" in page


FISHERY = {"question": "渔船怎么过户", "department": "市渔政支队", "due_on": "2026-06-10"}


async def test_whoever_is_limited_to_a_department_gives_work_to_that_one_alone(
    at: At, anna: AtDesk, knowing: TownHouse
) -> None:
    limited = at("police", Role.CURATOR, departments=frozenset({"公安"}))
    refused = await limited.send(f"{ASKED}/tasks/new", FISHERY)
    assert refused.status_code == 403 and "您只能派给自己范围内的部门" in refused.text and "市渔政支队" in refused.text
    assert knowing.house.publishing.asked.tasks() == []
    await anna.did(f"{ASKED}/tasks/new", FISHERY)
    [task] = knowing.house.publishing.asked.tasks()
    done = f"{ASKED}/tasks/{task.task_id}/done"
    assert done not in await limited.look(f"{ASKED}/tasks")
    assert (await limited.send(done, page="/console")).status_code == 403
    [task] = knowing.house.publishing.asked.tasks()
    assert task.done_at is None and not knowing.house.audit.lines(Wanted("police"))
    assert "已派给市公安局" in await limited.did(f"{ASKED}/tasks/new", {**FISHERY, "department": "市公安局"})


async def test_whoever_is_limited_to_a_district_gives_none_of_the_citys_away(
    at: At, anna: AtDesk, knowing: TownHouse
) -> None:
    asked(knowing, "渔船怎么过户")
    limited = at("east", Role.CURATOR, regions=frozenset({EAST}))
    assert "/tasks/new" not in await limited.look(ASKED)
    await limited.look(f"{ASKED}/tasks/new", 403)
    assert (await limited.send(f"{ASKED}/tasks/new", FISHERY, "/console")).status_code == 403
    await anna.did(f"{ASKED}/tasks/new", FISHERY)
    [task] = knowing.house.publishing.asked.tasks()
    assert (await limited.send(f"{ASKED}/tasks/{task.task_id}/done", page="/console")).status_code == 403
    [task] = knowing.house.publishing.asked.tasks()
    assert task.done_at is None
    of_town = at("town", Role.CURATOR, regions=frozenset({str(knowing.house.hall.library().home)}))
    assert "已办结" in await of_town.did(f"{ASKED}/tasks/{task.task_id}/done", page=f"{ASKED}/tasks")
