"""The same suite of every ledger: what citizens wrote with a rating or an appeal goes, and what is counted stays."""

from __future__ import annotations

from service_hall.visits.ledger import Appeal, Ledger, Rating
from service_hall.visits.states import Status
from service_hall.visits.visit import Visit
from tests.contract.sample_visits import NINE, a_visit, at, bring


def test_what_was_written_is_forgotten_with_the_visit_and_what_is_counted_stays(ledger: Ledger) -> None:
    visit, other = a_visit(Status.FINISHED, ended_at=NINE), a_visit(Status.FINISHED, ended_at=NINE)
    bring(ledger, visit, other)
    write_of(ledger, visit, other)
    ledger.write([], lambda page: page.forget(visit.visit_id, keep_phone=False))
    assert words_of(ledger, visit) == ("", "") and words_of(ledger, other) == ("等太久", "孩子发烧")
    assert ledger.read(lambda page: page.rating(visit.visit_id)) == Rating(visit.visit_id, 5, "", NINE)


def test_what_was_written_long_ago_is_forgotten_an_open_appeal_is_not(ledger: Ledger) -> None:
    visit, undecided = a_visit(Status.FINISHED), a_visit(Status.FINISHED)
    bring(ledger, visit, undecided)
    write_of(ledger, visit, undecided)
    ledger.write([], lambda page: page.keep_appeal(Appeal(undecided.visit_id, "孩子发烧", NINE)))
    assert ledger.write([], lambda page: page.forget_words(NINE)) == 0
    assert ledger.write([], lambda page: page.forget_words(at(9, 1))) == 3
    assert words_of(ledger, visit) == ("", "") and words_of(ledger, undecided) == ("", "孩子发烧")
    ledger.write([], lambda page: page.forget(undecided.visit_id, keep_phone=False))
    assert words_of(ledger, undecided) == ("", "孩子发烧")


def write_of(ledger: Ledger, *visits: Visit) -> None:
    """A rating with a comment, and an appeal that is decided."""
    for visit in visits:
        decided = Appeal(visit.visit_id, "孩子发烧", NINE, granted=True, decided_by="clerk:admin", decided_at=NINE)
        ledger.write([], lambda page, it=decided: page.keep_appeal(it))  # type: ignore[misc]
        rating = Rating(visit.visit_id, 5, "等太久", NINE)
        ledger.write([], lambda page, it=rating: page.keep_rating(it))  # type: ignore[misc]


def words_of(ledger: Ledger, visit: Visit) -> tuple[str, str]:
    rating, appeal = ledger.read(lambda page: (page.rating(visit.visit_id), page.appeal(visit.visit_id)))
    assert rating and appeal
    return rating.comment, appeal.reason
