"""One suite for every implementation of `channels.wechat.identity.links`; and what moves, in both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from channels.wechat.api.parts import OpenId
from channels.wechat.identity.links import GOOD_FOR, MOST_TRIES, Links, Offer, OfferId
from server.storage.conversation_store import ConversationStore
from server.storage.engine import Database, open_database
from server.storage.forgotten_store import ForgottenVisitors
from server.storage.visit_ledger import VisitLedger
from server.storage.wechat_links import LinkStore
from server.storage.wechat_people import PeopleStore
from service_hall.conversation.context import Context
from service_hall.conversation.reply import TextReply
from service_hall.shared.errors import VisitorForgotten
from service_hall.shared.ids import VisitorId, new_visitor_id
from service_hall.visits.visit import Visit
from tests.contract.conftest import DATABASES, MakeDatabase, OpenAgain
from tests.contract.sample_visits import NINE, a_notice, a_visit, bring
from tests.contract.test_conversation_records import turn
from tests.fake_wechat import FakeLinks

LI, WANG = OpenId("openid-of-li"), OpenId("openid-of-wang")
BROWSER, HERS = VisitorId("v_browser"), VisitorId("v_hers")
OFFER = Offer(OfferId("o1"), BROWSER, NINE + GOOD_FOR)


@pytest.fixture(params=["fake", *DATABASES])
def links(request: pytest.FixtureRequest, make_database: MakeDatabase) -> Iterator[Links]:
    if request.param == "fake":
        yield FakeLinks()
        return
    engine = open_database(make_database(request.param))
    yield LinkStore(engine, ForgottenVisitors(engine))
    engine.dispose()


class TestLinks:
    def test_a_browser_goes_by_her_name_from_then_on(self, links: Links) -> None:
        assert links.goes_by(BROWSER) == BROWSER
        links.link(BROWSER, HERS, NINE)
        assert links.goes_by(BROWSER) == HERS and links.goes_by(HERS) == HERS
        assert links.has_browsers(HERS) and not links.has_browsers(BROWSER)

    def test_an_offer_is_the_last_one_and_knows_who_scanned_it_last(self, links: Links) -> None:
        links.offer(replace(OFFER, offer_id=OfferId("o0")))
        links.offer(OFFER)
        assert links.offer_of(BROWSER) == OFFER and links.offer_of(HERS) is None
        assert not links.scanned(OfferId("o0"), LI, "111111", NINE)
        assert links.scanned(OFFER.offer_id, WANG, "222222", NINE) == "222222"
        assert [links.scanned(OFFER.offer_id, LI, code, NINE) for code in ("333333", "444444")] == ["333333"] * 2
        assert links.offer_of(BROWSER) == replace(OFFER, openid=LI, code="333333")

    def test_an_offer_that_is_over_cannot_be_scanned(self, links: Links) -> None:
        links.offer(OFFER)
        assert not links.scanned(OFFER.offer_id, LI, "111111", NINE + GOOD_FOR)
        assert links.scanned(OFFER.offer_id, LI, "111111", NINE + GOOD_FOR - timedelta(seconds=1))

    def test_tries_are_counted_before_they_are_made(self, links: Links) -> None:
        links.offer(OFFER)
        for tries in range(MOST_TRIES):
            assert links.note_try(replace(OFFER, tries=tries))
            assert not links.note_try(replace(OFFER, tries=tries)), "another one at the same time"
        assert not links.note_try(replace(OFFER, tries=MOST_TRIES))
        assert not links.scanned(OFFER.offer_id, LI, "111111", NINE)

    def test_a_try_at_a_code_that_was_replaced_is_none(self, links: Links) -> None:
        links.offer(OFFER)
        links.scanned(OFFER.offer_id, LI, "111111", NINE)
        seen = links.offer_of(BROWSER)
        links.scanned(OFFER.offer_id, WANG, "222222", NINE)
        assert seen and not links.note_try(seen)

    def test_an_offer_is_taken_once(self, links: Links) -> None:
        links.offer(OFFER)
        assert links.drop_offer(OFFER.offer_id) and not links.drop_offer(OFFER.offer_id)
        assert links.offer_of(BROWSER) is None


def kept(ledger: VisitLedger, visitor_id: VisitorId) -> Visit:
    visit = a_visit(visitor_id=visitor_id)
    bring(ledger, visit)
    return visit


def booked(ledger: VisitLedger, visitor_id: VisitorId) -> Visit:
    visit = kept(ledger, visitor_id)
    ledger.write([], lambda page: page.post([replace(a_notice(visit), visitor_id=visitor_id)]))
    ledger.write([], lambda page: page.keep_key(visitor_id, f"key of {visit.visit_id}", visit.visit_id, NINE))
    return visit


class TestWhatMoves:
    def test_bookings_notices_keys_and_the_conversation_are_hers(self, engine: Database) -> None:
        ledger, records = VisitLedger(engine), ConversationStore(engine)
        links = LinkStore(engine, ForgottenVisitors(engine))
        visit = booked(ledger, BROWSER)
        records.record(turn(BROWSER), Context(guide_id="passport"))
        records.push(BROWSER, TextReply(text="明天见。"), NINE, once="n_1")
        links.link(BROWSER, HERS, NINE)
        assert [each.visit_id for each in ledger.read(lambda page: page.of_visitor(HERS))] == [visit.visit_id]
        assert ledger.read(lambda page: page.of_visitor(BROWSER)) == []
        [due] = ledger.read(lambda page: page.due(NINE))
        assert due.visitor_id == HERS
        assert ledger.read(lambda page: page.by_key(HERS, f"key of {visit.visit_id}")) is not None
        assert len(records.conversation_of(HERS)) == 3 and records.conversation_of(BROWSER) == []
        assert len(records.turns_of(HERS)) == 1
        assert records.context_of(HERS) == Context(), "what was sealed for the browser's visitor opens for nobody else"

    def test_what_she_was_talking_about_on_wechat_goes_on(self, engine: Database) -> None:
        records = ConversationStore(engine)
        records.record(turn(HERS), Context(guide_id="passport"))
        records.record(turn(BROWSER), Context(guide_id="id-card"))
        LinkStore(engine, ForgottenVisitors(engine)).link(BROWSER, HERS, NINE)
        assert records.context_of(HERS).guide_id == "passport" and len(records.turns_of(HERS)) == 2

    def test_a_key_that_she_has_used_herself_stays_what_it_is(self, engine: Database) -> None:
        ledger = VisitLedger(engine)
        mine, other = kept(ledger, HERS), kept(ledger, BROWSER)
        ledger.write([], lambda page: page.keep_key(HERS, "same", mine.visit_id, NINE))
        ledger.write([], lambda page: page.keep_key(BROWSER, "same", other.visit_id, NINE))
        LinkStore(engine, ForgottenVisitors(engine)).link(BROWSER, HERS, NINE)
        found = ledger.read(lambda page: page.by_key(HERS, "same"))
        assert found and found.visit_id == mine.visit_id

    def test_of_the_forgotten_nothing_is_moved(self, engine: Database) -> None:
        forgotten = ForgottenVisitors(engine)
        links = LinkStore(engine, forgotten)
        forgotten.add(HERS, NINE)
        with pytest.raises(VisitorForgotten):
            links.link(BROWSER, HERS, NINE)
        assert links.goes_by(BROWSER) == BROWSER

    def test_another_node_hears_of_it_and_what_was_in_work_there_is_hers_too(
        self, engine: Database, another_node: OpenAgain
    ) -> None:
        other_engine = another_node()
        other = LinkStore(other_engine, ForgottenVisitors(other_engine))
        LinkStore(engine, ForgottenVisitors(engine)).link(BROWSER, HERS, NINE)
        late = kept(VisitLedger(other_engine), BROWSER)
        assert other.goes_by(BROWSER) == BROWSER
        other.refresh()
        assert other.goes_by(BROWSER) == HERS
        other.gather(NINE)
        own = VisitLedger(engine).read(lambda page: page.of_visitor(HERS))
        assert [each.visit_id for each in own] == [late.visit_id]

    def test_who_parts_goes_on_as_somebody_else_with_all_that_was_hers(self, engine: Database) -> None:
        ledger, forgotten = VisitLedger(engine), ForgottenVisitors(engine)
        links, people = LinkStore(engine, forgotten), PeopleStore(engine, forgotten)
        before = people.visitor_of(LI, NINE)
        visit = booked(ledger, before)
        links.link(BROWSER, before, NINE)
        links.part(before, NINE)
        after = people.visitor_of(LI, NINE)
        assert after != before and links.goes_by(BROWSER) in forgotten
        assert [each.visit_id for each in ledger.read(lambda page: page.of_visitor(after))] == [visit.visit_id]

    def test_old_links_and_offers_are_dropped(self, engine: Database) -> None:
        links = LinkStore(engine, ForgottenVisitors(engine))
        links.link(BROWSER, HERS, NINE)
        links.link(new_visitor_id(), HERS, NINE + timedelta(days=1))
        assert links.drop(NINE + timedelta(days=1)) == 1
        links.offer(OFFER)
        assert links.drop_offers(NINE) == 0 and links.drop_offers(NINE + GOOD_FOR) == 1
        assert links.offer_of(BROWSER) is None
