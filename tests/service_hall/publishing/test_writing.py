"""Drafts: kept as typed, nobody's work lost, handed in when they are sound."""

from __future__ import annotations

from dataclasses import replace

from service_hall.publishing.draft import Draft, DraftState
from service_hall.publishing.outcomes import ChangedMeanwhile, Faulty, InUse, NotNow, Overtaken
from service_hall.publishing.parts import HEAD, PartName, part_of
from service_hall.publishing.writing import CLOSED, IN_REVIEW, NO_NOTE, UNCHANGED, Saved
from tests.fakes import DOG, document, statement, telling
from tests.publishing_town import ANNA, BERTA, DOG_KEY, PublishingTown, fee, new_part
from tests.scenario_town import dog_life
from tests.visit_town import CARD, MONDAY, booked


def test_a_draft_begins_as_what_is_published_and_is_there_for_the_next_who_opens_it(town: PublishingTown) -> None:
    first = town.draft()
    assert first.body == DOG and first.base == DOG
    assert town.draft(editor=BERTA).draft_id == first.draft_id
    assert town.says("fee") == "登记费50元。"


def test_whatever_is_typed_is_kept_sound_or_not(town: PublishingTown) -> None:
    draft = town.save(town.draft(), "fee", fee(amount="五十"))
    kept = town.publishing.desk.records.draft(draft.draft_id)
    assert kept and part_of(kept.body, PartName("fee")).value == fee(amount="五十")
    assert isinstance(town.publishing.writing.hand_in(draft.draft_id, "改费用"), Faulty)
    [(place, _)] = town.publishing.writing.findings(kept)
    assert place[:2] == ("statements", 7) and place[-1] == "amount"


def test_two_who_edit_different_statements_never_meet(town: PublishingTown) -> None:
    seen = town.draft()
    town.save(seen, "fee", fee("登记费50元，芯片另收。"), ANNA)
    both = town.save(seen, "place", statement("place", "place", "到村里的办事窗口。"), BERTA)
    says = {each["id"]: each["says"] for each in both.body["statements"]}
    assert says["fee"] == "登记费50元，芯片另收。" and says["place"] == "到村里的办事窗口。"
    assert both.writers == (ANNA, BERTA)


def test_the_second_of_one_statement_is_told_what_it_says_now_and_can_go_on(town: PublishingTown) -> None:
    seen = town.draft()
    town.save(seen, "fee", fee("登记费每只50元。"), ANNA)
    old = part_of(seen.body, PartName("fee"))
    hers = replace(old, value=fee("登记费一律50元。"))
    beaten = town.publishing.writing.save(seen.draft_id, hers, old.digest, BERTA)
    assert isinstance(beaten, ChangedMeanwhile)
    assert beaten.by == ANNA and beaten.now.value and beaten.now.value["says"] == "登记费每只50元。"
    kept = town.publishing.writing.save(seen.draft_id, hers, beaten.now.digest, BERTA)
    assert isinstance(kept, Saved) and kept.part.value and kept.part.value["says"] == "登记费一律50元。"


def test_the_head_is_a_part_of_its_own(town: PublishingTown) -> None:
    draft = town.draft()
    head = part_of(draft.body, HEAD)
    kept = town.publishing.writing.save(
        draft.draft_id, replace(head, value={**(head.value or {}), "short_name": "办狗证"}), head.digest, ANNA
    )
    assert isinstance(kept, Saved)
    assert kept.draft.body["short_name"] == "办狗证" and len(kept.draft.body["statements"]) == len(DOG["statements"])


def test_a_statement_can_be_added_and_taken_away(town: PublishingTown) -> None:
    leash = statement("leash", "note", "遛狗要牵绳。", aspects=["overview"])
    draft = town.draft()
    kept = town.publishing.writing.save(draft.draft_id, new_part(leash), new_part(leash).digest, ANNA)
    assert isinstance(kept, ChangedMeanwhile)  # it was not there when the form was shown
    nothing = replace(new_part(leash), value=None)
    kept = town.publishing.writing.save(draft.draft_id, new_part(leash), nothing.digest, ANNA)
    assert isinstance(kept, Saved) and kept.draft.body["statements"][-1] == leash
    gone = town.save(kept.draft, "leash", None)
    assert gone.body == DOG


def test_what_is_in_review_is_not_written_on(town: PublishingTown) -> None:
    draft = town.handed_in(fee("登记费50元整。"))
    seen = part_of(draft.body, PartName("fee"))
    outcome = town.publishing.writing.save(draft.draft_id, replace(seen, value=fee("改")), seen.digest, ANNA)
    assert outcome == NotNow(IN_REVIEW)
    back = town.publishing.writing.take_back(draft.draft_id)
    assert isinstance(back, Draft) and back.state is DraftState.WRITING


def test_nothing_is_handed_in_without_a_change_and_a_word_of_why(town: PublishingTown) -> None:
    writing, draft = town.publishing.writing, town.draft()
    assert writing.hand_in(draft.draft_id, "没改") == NotNow(UNCHANGED)
    draft = town.save(draft, "fee", fee("登记费50元整。"))
    assert writing.hand_in(draft.draft_id, "  ") == NotNow(NO_NOTE)
    assert isinstance(writing.drop(draft.draft_id), Draft)
    assert writing.hand_in(draft.draft_id, "作废了") == NotNow(CLOSED)
    assert town.draft().draft_id != draft.draft_id


def test_what_was_published_past_a_draft_is_taken_over_where_the_draft_leaves_it_alone(town: PublishingTown) -> None:
    draft = town.save(town.draft(), "fee", fee("登记费50元整。"))
    town.shelf.store.edit_guide_document(
        document(telling(DOG, statement("place", "place", "到县里的窗口。"))), town.clock()
    )
    town.shelf.catch_up()
    found = town.publishing.writing.hand_in(draft.draft_id, "改费用")
    assert isinstance(found, Draft)
    assert part_of(found.body, PartName("place")).value == statement("place", "place", "到县里的窗口。")
    assert part_of(found.body, PartName("fee")).value == fee("登记费50元整。")


def test_what_both_changed_is_shown_before_it_is_handed_in(town: PublishingTown) -> None:
    draft = town.save(town.draft(), "fee", fee("登记费50元整。"))
    town.shelf.store.edit_guide_document(document(telling(DOG, fee("登记费每只50元。"))), town.clock())
    town.shelf.catch_up()
    found = town.publishing.writing.hand_in(draft.draft_id, "改费用")
    assert isinstance(found, Overtaken)
    assert [(each.part, each.before, each.after) for each in found.published] == [
        ("fee", "登记费50元。", "登记费每只50元。")
    ]
    again = town.publishing.writing.hand_in(draft.draft_id, "改费用", seen_published=found.digest)
    assert isinstance(again, Draft) and part_of(again.body, PartName("fee")).value == fee("登记费50元整。")


def test_an_item_that_a_life_event_leads_through_is_not_retired(town: PublishingTown) -> None:
    library = town.shelf.library()
    life = dog_life()
    town.shelf._library = replace(library, published=replace(library.published, scenarios={life.id: life}))
    draft = town.publishing.writing.begin(DOG_KEY, ANNA, {**DOG, "effective_to": MONDAY.isoformat()})
    used = town.publishing.writing.hand_in(draft.draft_id, "停办")
    assert used == InUse(["我家要养狗（养狗一件事）"], [])


def test_an_item_that_somebody_has_booked_is_not_retired(town: PublishingTown) -> None:
    booked(town.visits)
    key = replace(DOG_KEY, guide_id=CARD)
    draft = town.draft(key)
    head = part_of(draft.body, HEAD)
    ends = replace(head, value={**(head.value or {}), "effective_to": MONDAY.isoformat()})
    kept = town.publishing.writing.save(draft.draft_id, ends, head.digest, ANNA)
    assert isinstance(kept, Saved)
    used = town.publishing.writing.hand_in(draft.draft_id, "停办")
    assert isinstance(used, InUse) and len(used.bookings) == 1 and used.scenarios == []
