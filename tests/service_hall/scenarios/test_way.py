"""Which question comes next: the same answers in any order lead the same way; a branch left behind does not count."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import pytest

from service_hall.scenarios.way import Way, find_way, questions_ahead
from tests.scenario_town import CALCULATORS, TODAY, WRITTEN, dog_life, scenario_of

ALL = {"whose": "family", "came-on": "2026-11-01", "born-on": "2026-06-01", "dogs": 2, "also": ["reads"]}


def way(answers: Mapping[str, object]) -> Way:
    return find_way(dog_life(), answers, TODAY, CALCULATORS)


def asked_next(answers: Mapping[str, object]) -> str:
    next_one = way(answers).next
    return next_one.id if next_one else ""


def test_questions_come_in_their_order_until_all_is_told() -> None:
    told: dict[str, object] = {}
    met = []
    while node := asked_next(told):
        met.append(node)
        told[node] = ALL[node]
    assert met == list(ALL)


@pytest.mark.parametrize("order", list(permutations(ALL))[::17])
def test_answers_in_any_order_say_the_same(order: tuple[str, ...]) -> None:
    shuffled = {node: ALL[node] for node in order}
    assert way(shuffled).told.answers == way(ALL).told.answers


def test_a_question_of_a_branch_not_taken_is_not_asked() -> None:
    assert [each.id for each in way({**ALL, "whose": "firm"}).asked] == ["whose", "came-on", "dogs"]


def test_answers_of_a_branch_left_behind_neither_count_nor_stand_in_the_way() -> None:
    left = way({**ALL, "whose": "firm", "born-on": "9999-01-01", "also": ["nonsense"]})
    assert left.next is None and left.refused is None
    assert "born-on" not in left.told.answers


def test_what_is_no_question_is_not_looked_at() -> None:
    assert way({**ALL, "colour": "brown"}).next is None


@pytest.mark.parametrize(
    ("node", "given", "says"),
    [
        ("whose", "nobody", "请从这几项里选一个：自己家养、单位养来看门。"),
        ("whose", ["family"], "请从这几项里选一个：自己家养、单位养来看门。"),
        ("came-on", "2026-11-26", "这一天还没到，请填狗已经到家的日子。"),
        ("came-on", "2006-11-24", "年份好像写错了，请再看一下。"),
        ("came-on", "2026-02-29", "日历上没有这一天，请看一下月份和日子。"),
        ("came-on", 20261101, "请写清是哪一天，比如 2026-03-05。"),
        ("born-on", "2026-11-02", "狗总是先出生再到家，请看一下日子。"),
        ("dogs", 0, "至少有1只，请重新填。"),
        ("dogs", 21, "养这么多请先打12345问一下。"),
        ("dogs", 1.5, "请填整数。"),
        ("dogs", "many", "请填一个数字。"),
        ("dogs", True, "请填一个数字。"),
        ("also", ["none", "reads"], "选了“都没有”就不能再选别的，请重新选。"),
        ("also", ["swims"], "请从这几项里选，可以选几个：带它去图书馆、夜市卖狗粮、都没有。"),
    ],
)
def test_an_impossible_answer_gets_its_own_sentence(node: str, given: object, says: str) -> None:
    refused = way({**ALL, node: given}).refused
    assert refused and (refused.node, refused.says) == (node, says)


@pytest.mark.parametrize("given", ["2026-11-25", "2006-11-25", "2024-02-29"])
def test_the_days_at_the_bounds_are_possible(given: str) -> None:
    assert way({"whose": "firm", "came-on": given}).refused is None


def test_an_impossible_answer_is_told_before_the_question_is_reached() -> None:
    refused = way({"dogs": 0}).refused
    assert refused and refused.node == "dogs"
    assert asked_next({"dogs": 3}) == "whose"


def test_what_may_never_be_asked_is_not_refused_ahead() -> None:
    assert way({"also": ["swims"]}).refused is None


def test_a_day_may_be_judged_as_of_another() -> None:
    earlier = find_way(dog_life(), {"whose": "firm", "came-on": "2026-11-20"}, TODAY.replace(day=10), CALCULATORS)
    assert earlier.refused


def test_not_knowing_is_an_answer_where_it_is_offered() -> None:
    assert way({**ALL, "born-on": "unsure"}).next is None
    assert way({**ALL, "whose": "unsure"}).refused


def test_not_knowing_leaves_a_number_open_and_picks_nothing_of_several() -> None:
    told = way({**ALL, "dogs": "unsure", "also": "unsure"}).told
    assert told.answers["dogs"] == "unsure" and told.answers["also"] == ()
    assert [each.id for each in told.unknown] == ["dogs", "also"] and not told.named("many")


def test_not_knowing_is_taken_for_the_option_that_loses_least() -> None:
    written = WRITTEN.replace("ask: 狗是谁养？", "ask: 狗是谁养？\n    if_unknown: {take: family}")
    told = find_way(scenario_of(written), {**ALL, "whose": "unsure"}, TODAY, CALCULATORS).told
    assert told.named("family") and [each.id for each in told.unknown] == ["whose"]


def test_picking_nothing_is_an_answer() -> None:
    assert way({**ALL, "also": ["none"]}).told.answers["also"] == ()
    assert way({**ALL, "also": []}).refused  # whoever picks nothing says so


def test_what_is_picked_has_no_order_and_no_repeats() -> None:
    assert way({**ALL, "also": ["sells", "reads", "sells"]}).told.answers["also"] == ("reads", "sells")


def test_how_far_it_is_counts_what_may_still_be_asked() -> None:
    assert (way({}).step, questions_ahead(way({}))) == (1, 4)
    firm = way({"whose": "firm", "came-on": "2026-11-01"})
    assert (firm.step, questions_ahead(firm)) == (3, 0)
