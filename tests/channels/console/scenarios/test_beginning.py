"""A new life event, and new rates, are begun in the console without a file, and take the way of all drafts."""

from __future__ import annotations

from service_hall.publishing.beginning import new_scenario
from service_hall.staff.roles import Role
from tests.channels.console.conftest import At
from tests.channels.console.scenarios.test_writing import approved, handed_in, saved
from tests.channels.console.shell.desk import AtDesk, way
from tests.fakes import EAST
from tests.scenario_town import DOG_LIFE
from tests.town_house import TownHouse

NEW = "/console/scenarios/new"
RATES = "/console/rates/new"
TOLD = [f"我想给猫办个证，{said}" for said in "先问一下怎么弄呢朋友们帮个忙"]
HEAD = {
    "title": "家里添了猫",
    "first": "先打疫苗。\nunverified",
    "words": "猫、猫咪",
    "asked": "\n".join(TOLD),
}


async def theme_on(desk: AtDesk) -> str:
    page = await desk.look(NEW)
    options = page.partition('name="theme"')[2].partition("</select>")[0]
    return next(each.partition('"')[0] for each in options.split('value="')[1:] if each[0] != '"')


async def begun(desk: AtDesk, **changed: str) -> str:
    said = {"title": "家里添了猫", "id": "cat-life", "audience": "个人", "theme": await theme_on(desk), **changed}
    return way(await desk.send(NEW, said))


async def test_one_begun_from_another_is_published_and_asked(anna: AtDesk, berta: AtDesk, knowing: TownHouse) -> None:
    assert NEW in await anna.look("/console/scenarios")
    draft = await begun(anna, like=DOG_LIFE)
    page = await anna.look(draft)
    assert "家里添了猫" in page and ">新的<" in page and "已发布的</a>" not in page
    assert ">家里添了猫</a>" in await anna.look("/console/knowledge/drafts")
    assert "cat-life" not in knowing.house.shelf.library().published.scenarios
    assert "还有内容要改" in (await anna.send(f"{draft}/hand-in", {"note": "新的", "reviews_needed": "1"}, draft)).text
    await saved(anna, f"{draft}/parts/-", HEAD)
    assert "打狂犬疫苗" in await anna.look(f"/console/scenarios/cat-life?draft={draft.rpartition('/')[2]}")
    await handed_in(anna, draft)
    await approved(berta, draft)
    made = knowing.house.shelf.library().published.scenarios["cat-life"]
    assert (made.title, len(made.asked)) == ("家里添了猫", len(TOLD))
    asked = await anna.http.post("/api/scenarios/cat-life/step", json={"answers": {}})
    assert asked.status_code == 200 and asked.json()["question"]["scenario_id"] == "cat-life"
    assert "第1版" in await anna.look("/console/scenarios/cat-life/history")
    assert "家里添了猫" in await anna.look("/console/scenarios")


async def test_an_empty_one_says_what_is_missing_and_takes_its_parts(anna: AtDesk) -> None:
    draft = await begun(anna)
    page = await anna.look(draft)
    assert "处要改才能送审" in page and "主题" in page and "audience" not in page
    assert "问题：太少" in await anna.look(f"{draft}/parts/-")
    added = await anna.send(f"{draft}/new", {"kind": "questions", "id": "colour"})
    assert way(added) == f"{draft}/parts/questions.colour"


async def test_what_cannot_be_begun_is_refused_beside_its_field(anna: AtDesk) -> None:
    theme = await theme_on(anna)
    good = {"title": "添了猫", "id": "cat-life", "audience": "个人", "theme": theme}
    for name, said, sentence in (
        ("id", "Katze 1", "编号用小写字母"),
        ("id", DOG_LIFE, "这个编号已经有了"),
        ("id", "new", "这个编号已经有了"),
        ("theme", "没有的主题", "请从列表里选"),
        ("audience", "猫", "请从列表里选"),
        ("like", "no-such-event", "请从列表里选"),
        ("title", "", "请填写"),
    ):
        response = await anna.send(NEW, {**good, name: said})
        assert response.status_code == 422 and sentence in response.text, (name, said)
    await anna.send(NEW, good)
    assert "有人正在写" in (await anna.send(NEW, good)).text


async def test_new_rates_are_begun_and_published(anna: AtDesk, berta: AtDesk, knowing: TownHouse) -> None:
    told = {"title": "养猫的费用", "id": "cats", "rate_title": "登记费", "rate_id": "licence"}
    assert "编号用小写字母" in (await anna.send(RATES, {**told, "rate_id": "登记"})).text
    draft = way(await anna.send(RATES, told))
    part = f"{draft}/parts/rates.licence"
    assert "所引条文里没有" in await saved(
        anna, part, {"title": "登记费", "unit": "元", "values": "70 | 2020-01-01 | | rule#3"}, 422
    )
    await saved(anna, part, {"title": "登记费", "unit": "元", "values": "50 | 2020-01-01 | | rule#3"})
    await handed_in(anna, draft)
    await approved(berta, draft)
    assert knowing.house.shelf.library().published.rates.files["cats"].title == "养猫的费用"
    assert "养猫的费用" in await anna.look("/console/rates")


async def test_a_rate_is_added_and_one_that_was_published_stays(
    anna: AtDesk, berta: AtDesk, knowing: TownHouse
) -> None:
    draft = way(await anna.send("/console/rates/dogs/drafts", page="/console/rates/dogs"))
    assert way(await anna.send(f"{draft}/new", {"kind": "rates", "id": "chip"})) == f"{draft}/parts/rates.chip"
    assert "/remove" in await anna.look(f"{draft}/parts/rates.chip")
    assert "/remove" not in await anna.look(f"{draft}/parts/rates.licence")
    await saved(
        anna, f"{draft}/parts/rates.chip", {"title": "芯片费", "unit": "元", "values": "50 | 2020-01-01 | | rule#3"}
    )
    await handed_in(anna, draft)
    await approved(berta, draft)
    assert [each.id for each in knowing.house.shelf.library().published.rates.files["dogs"].rates] == [
        "licence",
        "chip",
    ]


async def test_who_may_not_write_them_begins_none(at: At) -> None:
    limited, reviewer = at("dora", Role.CURATOR, regions=frozenset({EAST})), at("emma", Role.REVIEWER)
    for page in (NEW, RATES):
        assert (await limited.http.get(page)).status_code == 403
        assert (await reviewer.http.get(page)).status_code == 403
    assert NEW not in await limited.look("/console/scenarios") and RATES not in await reviewer.look("/console/rates")


def test_of_the_event_that_it_is_like_no_way_of_telling_is_taken_over() -> None:
    like = {"id": "a", "title": "甲", "notion": "x", "words": ["甲"], "asked": ["甲"], "steps": [{"id": "s"}]}
    made = new_scenario("b", "乙", "主题", "个人", like)
    assert made == {
        "id": "b", "title": "乙", "theme": "主题", "audience": "个人", "words": [], "asked": [], "steps": [{"id": "s"}],
    }  # fmt: skip
