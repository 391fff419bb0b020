"""The guides, tested like code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast

import pytest

from knowledge_base.content_files import Content
from knowledge_base.documents import GuideDocument, resolve
from knowledge_base.language.tokenize import plain
from knowledge_base.library import Library
from knowledge_base.model import NATIONAL, SAMPLE, UNVERIFIED, Aspect, RegionCode, ServiceGuide
from knowledge_base.sources import LegalText, read_reference
from knowledge_base.statements import Statement
from knowledge_base.support import State, support_of
from service_hall.conversation.answering import answer
from service_hall.conversation.citing import Place
from service_hall.conversation.telling import mentions
from service_hall.shared.ids import AnswerId

ON = date(2026, 11, 29)
CITY, DISTRICTS = RegionCode("990100"), (RegionCode("990101"), RegionCode("990102"))
AT_NO_OFFICE_OF_OURS = {
    *("foreigner-accommodation", "pet-dog-license", "traffic-violation"),
    *(
        "seedling-subsidy",
        "farm-machinery-subsidy",
        "land-contract-transfer",
        "homestead-approve",
        "noise-complaint",
        "volunteer-register",
    ),
    *("low-income-identify", "special-hardship", "temporary-relief", "medical-aid", "orphan-allowance"),
    *("disability-allowance", "disability-device", "disability-rehab-child", "elderly-care-subsidy"),
    *("senior-transit-card", "single-child-reward", "birth-registration-service", "funeral-benefit"),
    *("premarital-checkup", "birth-certificate-reissue", "vaccination-child", "family-doctor", "blood-reimburse"),
    *("marriage-foreign", "vehicle-scrap"),
}
"""Handled by the police, in every township and street, in hospitals, or by an authority of its own, of which the sample
city has none among its offices."""
LONGEST_QUESTION = 120
"""Some people tell their whole story first."""


def guide_in(content: Content, guide_id: str, region: RegionCode, on: date = ON) -> ServiceGuide:
    guide = resolve(content.documents[guide_id], content.regions, region, on)
    assert guide is not None, f"{guide_id} is not in force in {region}"
    return guide


@pytest.fixture(scope="session")
def city_guides(content: Content) -> list[ServiceGuide]:
    return [guide_in(content, guide_id, CITY) for guide_id in content.documents]


@pytest.fixture(scope="session")
def national_guides(content: Content) -> list[ServiceGuide]:
    return [guide_in(content, guide_id, NATIONAL) for guide_id in content.documents]


def test_everything_loads_without_faults(content: Content) -> None:
    assert [str(fault) for fault in content.faults] == []


def test_there_is_a_guide_for_two_hundred_and_thirty_items(content: Content) -> None:
    assert len(content.documents) >= 230


def test_there_are_two_hundred_items_in_the_catalogue_and_none_twice(content: Content) -> None:
    ids, names = [item.id for item in content.catalogue], [item.name for item in content.catalogue]
    assert len(ids) >= 200 and len(set(ids)) == len(ids) and len(set(names)) == len(names)


def test_what_an_item_is_also_called_is_no_other_item_s_name(content: Content) -> None:
    names = {plain(item.name): item.id for item in content.catalogue}
    stolen = [
        (item.id, also)
        for item in content.catalogue
        for also in item.also_called
        if names.get(plain(also), item.id) != item.id
    ]
    assert stolen == []


def test_every_guide_is_whole_and_in_force_in_every_region(content: Content) -> None:
    for guide_id in content.documents:
        for region in content.regions:
            guide = guide_in(content, guide_id, RegionCode(region.code))
            assert guide.is_in_force(ON), f"{guide_id} in {region.name}"


def test_on_whatever_day_the_clock_stands_nothing_is_told_that_does_not_hold_that_day(content: Content) -> None:
    """The day before, on and after each day on which anything begins or ends, and far away."""
    for guide_id, documents in content.documents.items():
        turns = {day for document in documents for day in _turns(document)}
        around = {turn + timedelta(days) for turn in turns for days in (-1, 0, 1)}
        for day in sorted({*around, date(2000, 1, 1), date(2100, 1, 1)}):
            for region in (NATIONAL, CITY, *DISTRICTS):
                guide = resolve(documents, content.regions, region, day)
                for statement in guide.statements if guide else ():
                    assert statement.is_in_force(day), f"{guide_id}/{statement.id} on {day}"


def _turns(document: GuideDocument) -> Iterator[date]:
    lists = (document.body.get(name) or () for name in ("statements", "add", "replace"))
    for body in (document.body, *(each for entries in lists for each in entries)):
        for name in ("effective_from", "effective_to"):
            if body.get(name):
                yield date.fromisoformat(str(body[name]))


def test_what_no_overlay_names_is_told_in_every_region(content: Content) -> None:
    for guide_id, documents in content.documents.items():
        national = guide_in(content, guide_id, NATIONAL)
        for district in DISTRICTS:
            chain = content.regions.chain(district)
            overlays = [each.body for each in documents if each.region != NATIONAL and each.region in chain]
            named = {name for body in overlays for name in body.get("remove") or ()}
            named |= {each["id"] for body in overlays for each in body.get("replace") or ()}
            local = guide_in(content, guide_id, district)
            for statement in national.statements:
                if statement.id not in named:
                    assert local.statement(statement.id) == statement, f"{guide_id}/{statement.id} in {district}"


def test_every_guide_has_fifteen_questions_or_more(city_guides: list[ServiceGuide]) -> None:
    assert {guide.id: len(guide.questions) for guide in city_guides if len(guide.questions) < 15} == {}


def test_every_guide_says_what_it_comes_down_to(national_guides: list[ServiceGuide]) -> None:
    lacking = [guide.id for guide in national_guides if guide.about(Aspect.OVERVIEW)[0].kind != "summary"]
    assert lacking == []


def test_every_legal_basis_is_a_source(content: Content, city_guides: list[ServiceGuide]) -> None:
    for guide in city_guides:
        for reference in map(read_reference, guide.legal_basis):
            assert reference.source in content.sources, f"{guide.id}: {reference}"


def test_a_source_says_where_citizens_can_read_it_and_where_it_was_read(content: Content) -> None:
    for source in content.sources.values():
        assert source.url == "" or source.url.startswith(("https://", "http://")), source.id
        for number, article in source.articles.items():
            assert "://" in article.read_at or not article.read_at, f"{source.id}#{number}"
            assert source.checked_on, f"{source.id}: has articles and was never checked"


def test_no_source_was_checked_in_the_future_or_before_its_version(content: Content) -> None:
    today = max(ON, date.today())
    for source in content.sources.values():
        days = [source.checked_on, *(article.read_on for article in source.articles.values())]
        assert all(day is None or day <= today for day in days), source.id
        assert source.version is None or source.checked_on is None or source.version <= source.checked_on, source.id


def test_no_source_is_kept_for_nothing(content: Content) -> None:
    assert content.sources.keys() - {read_reference(written).source for written in _references(content)} == set()


def _references(content: Content) -> Iterator[str]:
    yield from (written for rate in content.rates.rates.values() for value in rate.values for written in value.source)
    for documents in content.documents.values():
        for document in documents:
            yield from document.body.get("legal_basis") or ()
            for name in ("statements", "add", "replace"):
                for each in document.body.get(name) or ():
                    yield from [each["source"]] if isinstance(each["source"], str) else each["source"]


def test_facts_of_the_sample_city_stay_out_of_the_national_guides(national_guides: list[ServiceGuide]) -> None:
    assert [guide.id for guide in national_guides if SAMPLE in guide.references()] == []


def test_the_made_up_city_puts_no_figure_into_the_mouth_of_a_real_rule(
    content: Content, city_guides: list[ServiceGuide]
) -> None:
    for guide in city_guides:
        for statement in guide.statements:
            if statement.region != NATIONAL:
                lacking = support_of(statement, content.sources, ON).missing
                assert not lacking, f"{guide.id}/{statement.id}: {statement.says}"


def test_what_is_held_against_no_text_says_why(city_guides: list[ServiceGuide]) -> None:
    silent = [
        f"{guide.id}/{each.id}"
        for guide in city_guides
        for each in guide.statements
        if UNVERIFIED in each.source and not each.because
    ]
    assert silent == []


def test_ten_guides_or_more_differ_between_the_two_districts(content: Content) -> None:
    differing = [
        guide_id
        for guide_id in content.documents
        if len({guide_in(content, guide_id, district).model_dump_json(exclude={"region"}) for district in DISTRICTS})
        == 2
    ]
    assert len(differing) >= 10


def test_every_guide_is_handled_by_an_office_within_reach_of_each_district(content: Content) -> None:
    for guide_id in content.documents.keys() - AT_NO_OFFICE_OF_OURS:
        for district in DISTRICTS:
            reach = {*content.regions.chain(district), *content.regions.within(district)} - {NATIONAL}
            handling = [office.id for office in content.offices if guide_id in office.guides and office.region in reach]
            assert handling, f"nobody handles {guide_id} for {district}"


def test_related_and_neighbouring_items_are_in_the_catalogue_and_others_than_the_guide_itself(
    content: Content, city_guides: list[ServiceGuide]
) -> None:
    known = {item.id for item in content.catalogue}
    for guide in city_guides:
        for named in (guide.related, tuple(neighbour.item for neighbour in guide.neighbours)):
            assert set(named) <= known - {guide.id}, guide.id
        assert len(set(guide.related)) == len(guide.related), guide.id


def test_no_two_guides_share_a_question(city_guides: list[ServiceGuide]) -> None:
    asked: dict[str, set[str]] = {}
    for guide in city_guides:
        for question in guide.questions:
            asked.setdefault(plain(question), set()).add(guide.id)
    assert {question: guides for question, guides in asked.items() if len(guides) > 1} == {}


def test_no_two_guides_share_an_alias(city_guides: list[ServiceGuide]) -> None:
    names = Counter(
        name for guide in city_guides for name in set(map(plain, (guide.name, guide.short_name, *guide.aliases)))
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_questions_are_such_as_citizens_say(city_guides: list[ServiceGuide]) -> None:
    for guide in city_guides:
        for question in guide.questions:
            assert 4 <= len(question) <= LONGEST_QUESTION and len(plain(question)) >= 3, f"{guide.id}: {question}"


def shelf(content: Content) -> Library:
    """What answering asks of a library."""

    def state_of(statement: Statement) -> State:
        return support_of(statement, content.sources, ON).state

    return cast(Library, SimpleNamespace(published=content, state_of=state_of))


def test_every_answer_of_every_guide_is_whole_and_keeps_what_must_be_mentioned(
    content: Content, city_guides: list[ServiceGuide]
) -> None:
    library, region = shelf(content), content.regions[CITY]
    for guide in city_guides:
        offices = tuple(office for office in content.offices if guide.id in office.guides)
        place = Place(region=region.code, name=region.name, offices=offices, hotline=region.hotline, is_sample=True)
        for aspect in Aspect:
            reply = answer(AnswerId("a_1"), guide, (aspect,), library, place)
            where = f"{guide.id}: {aspect}: {reply.text}"
            assert 0 < reply.lead < len(reply.text) and reply.text.endswith("适用地区：云禾市。"), where
            assert not any(seam in reply.text for seam in ("{", "None", "。。", "；。", "，。", "。；", "\n\n")), where
            for mention in mentions(guide, (aspect,), ()):
                assert mention.says in reply.text, where


def test_every_answer_cites_only_what_it_says(content: Content, city_guides: list[ServiceGuide]) -> None:
    """The fee is never borne by the article on time limits."""
    library, region = shelf(content), content.regions[CITY]
    place = Place(region=region.code, name=region.name, offices=(), hotline=region.hotline, is_sample=True)
    for guide in city_guides:
        for aspect in (Aspect.FEE, Aspect.TIME_LIMIT, Aspect.VALIDITY):
            about = [each for each in guide.statements if aspect in each.about]
            bearing = {_title(name, content.sources) for each in about for name in each.source}
            reply = answer(AnswerId("a_1"), guide, (aspect,), library, place)
            shown = {source.title for source in reply.sources if not source.own} if about else set()
            assert shown <= bearing, f"{guide.id}: {aspect}"


def _title(written: str, sources: Mapping[str, LegalText]) -> str:
    known = sources.get(read_reference(written).source)
    return known.title if known else ""
