"""What would do harm is found before it is published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from knowledge_base.library import Library
from service_hall.publishing.draft import DocumentKey, Draft, DraftId, DraftState
from service_hall.publishing.gate import Report, Stop, Why, check
from service_hall.publishing.question_sets import SavedQuestion
from service_hall.reception import Reception
from service_hall.shared.clock import SHANGHAI
from tests.fakes import (
    CARD_FIRST,
    CARD_LOST,
    DOG,
    DOG_IN_EAST,
    STALL,
    build_town,
    document,
    legal_text,
    published,
    sources,
    statement,
    telling,
    town,
)
from tests.publishing_town import QUESTIONS, fee
from tests.visit_town import VisitTown

BEGUN = datetime(2026, 6, 1, tzinfo=SHANGHAI)


def reception_over(library: Library) -> Reception:
    from service_hall.hall import make_hall

    return make_hall(VisitTown(library=library).means).reception


def checked(body: Mapping[str, Any], *questions: SavedQuestion, library: Library | None = None) -> Report:
    draft = Draft(DraftId("d"), DocumentKey.of(document(body)), body, None, DraftState.WRITING, (), BEGUN, BEGUN)
    return check(library or town(), draft, questions or QUESTIONS, reception_over)


def whys(report: Report) -> list[Why]:
    return [stop.why for stop in report.stops]


def test_an_edit_that_does_no_harm_passes_and_says_which_answers_change() -> None:
    report = checked(
        telling(DOG, statement("summary", "summary", "给狗上证由养狗的人到窗口办理。", asked=["养狗要不要上证"]))
    )
    assert report.stops == () and report.asked == len(QUESTIONS)
    [changed] = report.changed
    assert changed.before.question == "养狗要不要上证" and changed.before.statement == changed.after.statement
    assert "由本人到窗口" in changed.before.told and "由养狗的人到窗口" in changed.after.told


def test_a_theft_is_stopped() -> None:
    thief = telling(DOG, statement("summary", "summary", "给狗上证。", asked=["夜市摆个摊要办啥手续", "夜市摆摊"]), aliases=["夜市摆个摊", "狗证"])  # fmt: skip
    report = checked(thief)
    assert [(stop.why, stop.place) for stop in report.stops if stop.why is Why.THEFT] == [
        (Why.THEFT, "夜市摆个摊要办啥手续")
    ]
    assert "夜市摊位备案" in report.stops[0].says and "犬只登记" in report.stops[0].says


def test_taking_over_a_question_that_belongs_to_the_item_is_none() -> None:
    mine = SavedQuestion("夜市摆个摊要办啥手续", ("dog-register",))
    thief = telling(DOG, statement("summary", "summary", "给狗上证。", asked=["夜市摆个摊要办啥手续"]), aliases=["夜市摆个摊"])  # fmt: skip
    assert Why.THEFT not in whys(checked(thief, mine))


def test_a_question_that_the_item_would_lose_is_stopped() -> None:
    poorer = telling(STALL, statement("summary", "summary", "由本人到窗口办理。", asked=["夜市摆个摊要办啥手续"]))
    report = checked(poorer, SavedQuestion("小吃车去哪弄", ("night-stall",)))
    assert [(stop.why, stop.place) for stop in report.stops if stop.why is Why.LOST] == [(Why.LOST, "小吃车去哪弄")]


def test_a_question_that_is_added_and_would_be_told_something_else_is_stopped() -> None:
    asked = ["养狗要不要上证", "谢谢您", "遛狗的牌子在哪里领"]
    report = checked(telling(DOG, statement("summary", "summary", "由本人到窗口办理。", asked=asked)))
    [stop] = report.stops
    assert (stop.why, stop.place) == (Why.LOST, "谢谢您") and "加给了“犬只登记”" in stop.says


@pytest.mark.parametrize("without", [["no-lending"], []], ids=["gone", "no longer emphasised"])
def test_what_must_be_mentioned_and_would_not_be_is_stopped(without: list[str]) -> None:
    milder = statement("no-lending", "note", "补办期间不能借书。", "fee-rule#1", aspects=["materials", "location", "fee", "proxy", "validity"])  # fmt: skip
    report = checked(telling(CARD_LOST, *([] if without else [milder]), without=without))
    assert [(stop.why, stop.place) for stop in report.stops] == [(Why.MUST_MENTION, "library-card-lost/no-lending")]
    assert "补办期间不能借书" in report.stops[0].says


def test_another_number_than_another_guide_has_is_stopped() -> None:
    """Whoever writes of the fee for a lost card in the guide of the first one."""
    other = statement("lost-fee", "fee", "补办借书证每证10元。", "fee-rule#1", name="补证工本费", amount=10)
    own = telling(
        CARD_LOST, statement("fee", "fee", "补办借书证每证15元。", "fee-rule#1", name="补证工本费", amount=15)
    )
    library = build_town(published(documents={**published().documents, "library-card-lost": [document(own)]}))
    [stop] = checked(telling(CARD_FIRST, other), library=library).stops
    assert stop.why is Why.CONTRADICTION and "每证10元" in stop.says and "每证15元" in stop.says
    right = {**other, "says": "补办借书证每证15元。", "amount": 15}
    assert checked(telling(CARD_FIRST, right), library=library).stops == ()


def test_an_edit_of_the_item_itself_is_held_against_what_others_say_of_it() -> None:
    other = statement("lost-fee", "fee", "补办借书证每证15元。", "fee-rule#1", name="补证工本费", amount=15)
    first = telling(CARD_FIRST, other)
    library = build_town(published(documents={**published().documents, "library-card-first": [document(first)]}))
    dearer = telling(
        CARD_LOST, statement("fee", "fee", "补证工本费每证10元。", "fee-rule#1", name="补证工本费", amount=10)
    )
    [stop] = checked(dearer, library=library).stops
    assert stop.why is Why.CONTRADICTION and stop.place == "library-card-first/lost-fee"


def test_two_fees_of_one_name_are_a_contradiction() -> None:
    twice = statement("fee-again", "fee", "登记费30元。", name="登记费", amount=30, unit="元")
    assert Why.CONTRADICTION in whys(checked(telling(DOG, twice)))


LIMIT = statement("limit", "limit", "受理后20个工作日内办好。", basis="legal", value=20, unit="工作日", because="示例")
SAID = statement("wait", "note", "一般要等20个工作日。", aspects=["time_limit"], because="示例")


def limits(*changed: dict[str, Any]) -> list[Stop]:
    """What is stopped where the edit changes a guide that says 20 days twice."""
    own = telling(DOG, LIMIT, SAID)
    library = build_town(published(documents={**published().documents, "dog-register": [document(own)]}))
    return [each for each in checked(telling(own, *changed), library=library).stops if each.why is Why.INCONSISTENT]


def test_a_figure_that_is_changed_in_one_sentence_and_left_in_another_is_shown_with_both() -> None:
    [stop] = limits({**LIMIT, "says": "受理后22个工作日内办好。", "value": 22})
    assert stop.place == "dog-register/limit"
    assert "受理后22个工作日内办好" in stop.says and "一般要等20个工作日" in stop.says and "20工作日" in stop.says


def test_a_figure_that_is_changed_wherever_it_stands_passes() -> None:
    changed = {**LIMIT, "says": "受理后22个工作日内办好。", "value": 22}
    assert limits(changed, {**SAID, "says": "一般要等22个工作日。"}) == []


def test_a_summary_that_says_it_over_again_is_held_against_what_is_changed() -> None:
    summary = statement("summary", "summary", "由本人到窗口，20个工作日办好。", because="示例")
    changed = {**LIMIT, "says": "受理后22个工作日内办好。", "value": 22}
    own = telling(DOG, LIMIT, summary)
    library = build_town(published(documents={**published().documents, "dog-register": [document(own)]}))
    for edit, left in (
        (changed, "由本人到窗口"),
        ({**summary, "says": "由本人到窗口，22个工作日办好。"}, "受理后20个"),
    ):
        stops = [each for each in checked(telling(own, edit), library=library).stops if each.why is Why.INCONSISTENT]
        assert [left in each.says for each in stops] == [True]


def test_two_limits_on_one_footing_are_shown_and_others_are_not() -> None:
    more = {**LIMIT, "id": "limit-again", "says": "收到申请后22个工作日内办好。", "value": 22}
    assert [each.place for each in limits(more)] == ["dog-register/limit-again"]
    assert limits({**more, "basis": "promised"}) == [] and limits({**more, "value": 20}) == []
    assert limits({**more, "unit": "日"}) == []


def test_another_fee_of_the_same_sum_is_no_figure_that_was_forgotten() -> None:
    own = telling(DOG, fee("登记费30元。", amount=30))
    library = build_town(published(documents={**published().documents, "dog-register": [document(own)]}))
    assert Why.INCONSISTENT not in whys(checked(telling(own, fee("登记费50元。")), library=library))


def test_a_number_that_the_cited_text_does_not_have_is_stopped() -> None:
    [stop] = checked(telling(DOG, fee("登记费60元。", amount=60))).stops
    assert (stop.why, stop.place) == (Why.FALSE_NUMBER, "dog-register/fee")
    assert "60元" in stop.says


def test_what_stood_there_before_is_not_the_edits() -> None:
    old = telling(DOG, fee("登记费60元。", amount=60))
    library = build_town(published(documents={**published().documents, "dog-register": [document(old)]}))
    edit = telling(old, statement("place", "place", "到村里的窗口。"))
    assert checked(edit, library=library).stops == ()


def test_what_is_cited_has_to_be_in_force() -> None:
    ended = legal_text("old-rule", "旧办法", {"1": "登记费四十元。"}, in_force_until="2025-12-31")
    library = build_town(published(sources={**sources(), "old-rule": ended}))
    [stop] = checked(telling(DOG, fee("登记费40元。", amount=40, source="old-rule#1")), library=library).stops
    assert stop.why is Why.NOT_IN_FORCE and "旧办法" in stop.says


def test_a_regions_document_is_checked_where_it_speaks() -> None:
    east = {**DOG_IN_EAST, "add": [*DOG_IN_EAST["add"], statement("east-fee", "fee", "东河区登记费20元。", name="东河登记费", amount=20)]}  # fmt: skip
    assert whys(checked(east)) == [Why.FALSE_NUMBER]


def test_a_stop_keeps_its_key_and_another_has_another() -> None:
    one, same = Stop(Why.THEFT, "问", "说"), Stop(Why.THEFT, "问", "说")
    assert one.key == same.key != Stop(Why.THEFT, "问", "别的").key
    assert Report(0, (), (one,)).not_among([same.key]) == ()
