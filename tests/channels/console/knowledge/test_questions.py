"""What citizens ask, in the pages of the console."""

from __future__ import annotations

from urllib.parse import quote

from channels.console.knowledge.questions import QUESTIONS
from service_hall.staff.roles import Role
from tests.channels.console.conftest import At
from tests.channels.console.shell.desk import AtDesk


async def test_a_question_is_found_and_a_new_one_added_with_one_click(anna: AtDesk) -> None:
    assert "家里新买的狗去哪里登记" in await anna.look(f"{QUESTIONS}?q=新买的狗")
    page = await anna.look(f"{QUESTIONS}?q=狗证要多少钱")
    assert "加到这一条" in page and "登记费50元。" in page
    asked = {"q": "狗证要多少钱", "guide_id": "dog-register", "statement_id": "fee"}
    draft = await anna.did(f"{QUESTIONS}/add", asked, f"{QUESTIONS}?q=狗证要多少钱")
    assert "问法已加进草稿" in draft and "<ins>狗证要多少钱" in draft


async def test_a_question_that_the_likeliest_items_do_not_answer_goes_to_any_other(anna: AtDesk) -> None:
    asked = "毛孩子的牌牌去哪里领"
    page = await anna.look(f"{QUESTIONS}?q={asked}&item=狗")
    assert f"?q={quote(asked)}&amp;guide=dog-register" in page
    assert "没有叫这个的事项" in await anna.look(f"{QUESTIONS}?q={asked}&item=猫")
    page = await anna.look(f"{QUESTIONS}?q={asked}&guide=dog-register")
    assert 'name="statement_id" value="fee"' in page and 'value="night-stall"' not in page
    added = {"q": asked, "guide_id": "dog-register", "statement_id": "fee"}
    assert f"<ins>{asked}" in await anna.did(f"{QUESTIONS}/add", added, f"{QUESTIONS}?q={asked}&guide=dog-register")


async def test_where_nothing_is_likely_the_item_is_chosen_by_hand(anna: AtDesk) -> None:
    adds, looks = '<button class="main">加到这一条', '<button class="main">找事项'
    page = await anna.look(f"{QUESTIONS}?q=狗证要多少钱")
    assert adds in page and looks not in page and "题集" not in page
    page = await anna.look(f"{QUESTIONS}?q=明天下雨吗")
    assert looks in page and adds not in page and "“明天下雨吗 | -”" in page
    assert "加到这一条" not in page or page.index(looks) < page.index("加到这一条")
    page = await anna.look(f"{QUESTIONS}?q=明天下雨吗&guide=dog-register")
    assert adds in page and looks not in page  # chosen by hand


async def test_what_says_the_same_is_told_while_it_is_typed(anna: AtDesk) -> None:
    told = await anna.send(f"{QUESTIONS}/near", {"q": "养狗要不要上证", "guide_id": "night-stall"}, QUESTIONS)
    assert [each[:9] for each in told.json()["said"]] == ["“养狗要不要上证”", "也像在问“犬只登记"]
    assert (await anna.send(f"{QUESTIONS}/near", {"q": "明天下雨吗", "guide_id": "night-stall"}, QUESTIONS)).json() == {
        "said": []
    }


async def test_who_only_reads_is_offered_no_place(at: At) -> None:
    analyst = at("ana", Role.ANALYST)
    assert "加到这一条" not in await analyst.look(f"{QUESTIONS}?q=狗证要多少钱")
    assert (await analyst.send(f"{QUESTIONS}/add", {"q": "问"}, QUESTIONS)).status_code == 403
