"""Somebody else has to agree before citizens are told; and what the gate stops needs a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest

from service_hall.publishing.draft import Draft, DraftState
from service_hall.publishing.gate import Why
from service_hall.publishing.going_live import OPEN_DRAFT
from service_hall.publishing.outcomes import NotNow, Stopped
from service_hall.publishing.reviewing import JUDGED, NO_REASON, NO_REASON_TO_ACCEPT, NOT_IN_REVIEW, OWN
from tests.fakes import DOG, TODAY, document, statement, telling
from tests.publishing_town import ANNA, BERTA, CLARA, DOG_KEY, DORA, PublishingTown, fee

SAID_ANEW = fee("登记费是50元。")
FALSE = fee("登记费60元。", amount=60)


def test_an_approved_draft_answers_at_once_and_is_a_version(town: PublishingTown) -> None:
    draft = town.handed_in(SAID_ANEW)
    done = town.publishing.reviewing.approve(draft.draft_id, BERTA)
    assert isinstance(done, Draft) and done.state is DraftState.PUBLISHED
    assert town.says("fee") == "登记费是50元。"
    new, old = town.publishing.going_live.history("dog-register")
    assert (new.number, new.by, new.reviewers, new.note) == (2, ANNA, (BERTA,), "改了")
    assert (old.number, old.by, old.body) == (1, "", DOG)


def test_nobody_reviews_what_she_has_written_on(town: PublishingTown) -> None:
    draft = town.save(
        town.save(town.draft(), "fee", SAID_ANEW), "place", statement("place", "place", "村里的窗口。"), BERTA
    )
    handed = town.publishing.writing.hand_in(draft.draft_id, "改了")
    assert isinstance(handed, Draft)
    for writer in (ANNA, BERTA):
        assert town.publishing.reviewing.approve(draft.draft_id, writer) == NotNow(OWN)
        assert town.publishing.reviewing.queue(writer) == []
    assert [each.draft_id for each in town.publishing.reviewing.queue(CLARA)] == [draft.draft_id]


def test_of_two_reviewers_the_second_does_not_see_what_the_first_said(town: PublishingTown) -> None:
    draft, reviewing = town.handed_in(SAID_ANEW, reviews_needed=2), town.publishing.reviewing
    first = reviewing.approve(draft.draft_id, BERTA, "数字对")
    assert isinstance(first, Draft) and first.state is DraftState.IN_REVIEW
    assert reviewing.seen_by(first, CLARA) == [] and [each.reason for each in reviewing.seen_by(first, BERTA)] == [
        "数字对"
    ]
    assert reviewing.approve(draft.draft_id, BERTA) == NotNow(JUDGED)
    assert town.says("fee") == "登记费50元。"
    back = reviewing.give_back(draft.draft_id, CLARA, "要写清一只还是一家")
    assert isinstance(back, Draft) and back.state is DraftState.WRITING
    assert len(reviewing.seen_by(back, ANNA)) == 2


def test_a_new_round_begins_without_the_verdicts_of_the_last(town: PublishingTown) -> None:
    draft, reviewing = town.handed_in(SAID_ANEW), town.publishing.reviewing
    assert reviewing.give_back(draft.draft_id, BERTA, " ") == NotNow(NO_REASON)
    reviewing.give_back(draft.draft_id, BERTA, "不对")
    again = town.publishing.writing.hand_in(draft.draft_id, "改好了")
    assert isinstance(again, Draft) and again.round == 2
    done = reviewing.approve(draft.draft_id, BERTA)
    assert isinstance(done, Draft) and done.state is DraftState.PUBLISHED
    assert reviewing.approve(draft.draft_id, CLARA) == NotNow(NOT_IN_REVIEW)


def test_what_the_gate_stops_passes_once_it_is_accepted_with_a_reason(town: PublishingTown) -> None:
    draft, reviewing = town.handed_in(FALSE), town.publishing.reviewing
    stopped = reviewing.approve(draft.draft_id, BERTA)
    assert isinstance(stopped, Stopped) and [each.why for each in stopped.report.stops] == [Why.FALSE_NUMBER]
    assert town.says("fee") == "登记费50元。"
    [stop] = stopped.report.stops
    assert reviewing.approve(draft.draft_id, BERTA, "", {stop.key: " "}) == NotNow(NO_REASON_TO_ACCEPT)
    done = reviewing.approve(draft.draft_id, BERTA, "", {stop.key: "新文件还没收录，已电话核实"})
    assert isinstance(done, Draft) and done.state is DraftState.PUBLISHED and town.says("fee") == "登记费60元。"
    [verdict] = town.publishing.desk.records.verdicts(draft.draft_id)
    assert verdict.accepted == {stop.key: "新文件还没收录，已电话核实"}


def test_what_its_writer_took_back_meanwhile_is_not_approved(town: PublishingTown) -> None:
    draft = town.handed_in(SAID_ANEW)
    assert isinstance(town.publishing.writing.take_back(draft.draft_id), Draft)
    assert town.publishing.reviewing.approve(draft.draft_id, BERTA) == NotNow(NOT_IN_REVIEW)
    assert town.says("fee") == "登记费50元。"


def test_a_check_that_is_under_way_ends_when_the_service_stops(town: PublishingTown) -> None:
    draft, checking = town.handed_in(SAID_ANEW), town.publishing.checking
    checking.close()
    with pytest.raises(RuntimeError):  # nobody begins another
        checking.of_draft(draft)


def test_a_draft_for_a_day_waits_for_it(town: PublishingTown) -> None:
    draft = town.handed_in(SAID_ANEW, publish_on=TODAY + timedelta(days=3))
    waiting = town.publishing.reviewing.approve(draft.draft_id, BERTA)
    assert isinstance(waiting, Draft) and waiting.state is DraftState.APPROVED
    town.clock.at += timedelta(days=2)
    assert town.publishing.going_live.publish_due() == [] and town.says("fee") == "登记费50元。"
    town.clock.at += timedelta(days=5)  # the service was stopped on the day itself
    [live] = town.publishing.going_live.publish_due()
    assert live.state is DraftState.PUBLISHED and town.says("fee") == "登记费是50元。"


def test_what_does_harm_only_on_its_day_is_held_for_the_reviewers(town: PublishingTown) -> None:
    draft = town.handed_in(SAID_ANEW, publish_on=TODAY + timedelta(days=3))
    town.publishing.reviewing.approve(draft.draft_id, BERTA)
    town.shelf.store.edit_guide_document(document(telling(DOG, fee("登记费一共50元。"))), town.clock())
    town.shelf.catch_up()
    town.clock.at += timedelta(days=3)
    assert town.publishing.going_live.publish_due() == []
    held = town.publishing.desk.records.draft(draft.draft_id)
    assert held and held.state is DraftState.HELD and held.held_because
    assert town.says("fee") == "登记费一共50元。"
    assert [each.draft_id for each in town.publishing.reviewing.queue(DORA)] == [draft.draft_id]


def test_back_to_an_earlier_version_is_a_new_one(town: PublishingTown) -> None:
    draft = town.handed_in(SAID_ANEW)
    town.publishing.reviewing.approve(draft.draft_id, BERTA)
    back = town.publishing.going_live.roll_back(DOG_KEY, 1, CLARA)
    assert isinstance(back, Draft) and back.body == DOG and back.base != DOG
    assert town.publishing.going_live.roll_back(DOG_KEY, 1, DORA) == NotNow(OPEN_DRAFT)
    town.publishing.writing.hand_in(back.draft_id, "退回")
    town.publishing.reviewing.approve(back.draft_id, ANNA)
    assert town.says("fee") == "登记费50元。"
    assert [each.number for each in town.publishing.going_live.history("dog-register")] == [3, 2, 1]


def test_the_retired_guide_answers_no_more_after_its_day(town: PublishingTown) -> None:
    ended = {**DOG, "effective_to": TODAY.isoformat()}
    draft = town.publishing.writing.begin(DOG_KEY, ANNA, ended)
    town.publishing.writing.hand_in(draft.draft_id, "停办")
    done = town.publishing.reviewing.approve(draft.draft_id, BERTA)
    assert isinstance(done, Draft) and done.state is DraftState.PUBLISHED
    assert town.says("fee")
    town.clock.at += timedelta(days=1)
    town.shelf.catch_up()
    assert town.says("fee") == ""
