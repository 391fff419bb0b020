"""The guides, tested like code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain

import pytest

from knowledge_base.content_files import Content
from knowledge_base.documents import resolve
from knowledge_base.language.tokenize import plain
from knowledge_base.model import NATIONAL, SAMPLE, UNVERIFIED, Aspect, RegionCode, ServiceGuide
from service_hall.conversation.answering import Place, answer
from service_hall.shared.ids import AnswerId

ON = date(2026, 11, 23)
CITY, DISTRICTS = RegionCode("990100"), (RegionCode("990101"), RegionCode("990102"))


def guide_in(content: Content, guide_id: str, region: RegionCode) -> ServiceGuide:
    guide = resolve(content.documents[guide_id], content.regions, region, ON)
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


def test_there_are_sixty_guides_or_more(content: Content) -> None:
    assert len(content.documents) >= 60


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


def test_every_guide_has_fifteen_questions_or_more(city_guides: list[ServiceGuide]) -> None:
    assert {guide.id: len(guide.questions) for guide in city_guides if len(guide.questions) < 15} == {}


def test_every_guide_cites_a_source_and_a_legal_basis(city_guides: list[ServiceGuide]) -> None:
    for guide in city_guides:
        assert guide.sources and all(source.title for source in guide.sources), guide.id
        assert guide.legal_basis and all(guide.source(basis) for basis in guide.legal_basis), guide.id


def test_a_verified_source_says_where_it_stands(national_guides: list[ServiceGuide]) -> None:
    for guide in national_guides:
        for source in guide.sources:
            if not source.unverified:
                assert source.article and source.quote and source.url.startswith("https://"), f"{guide.id}: {source.id}"


def test_no_source_was_checked_in_the_future_or_before_it_was_in_force(national_guides: list[ServiceGuide]) -> None:
    for guide in national_guides:
        for source in guide.sources:
            assert source.checked_on <= ON, f"{guide.id}: {source.id}"
            assert source.in_force_since is None or source.in_force_since <= source.checked_on, (
                f"{guide.id}: {source.id}"
            )


def test_no_source_is_declared_for_nothing(national_guides: list[ServiceGuide]) -> None:
    for guide in national_guides:
        idle = {source.id for source in guide.sources} - set(guide.named_sources())
        assert not idle, f"{guide.id}: {idle}"


def test_facts_of_the_sample_city_stay_out_of_the_national_guides(national_guides: list[ServiceGuide]) -> None:
    assert [guide.id for guide in national_guides if SAMPLE in guide.named_sources()] == []


def test_local_documents_state_sample_facts_as_such(content: Content) -> None:
    """What the made-up city says cannot rest on a real rule that was read nowhere."""
    for documents in content.documents.values():
        for document in documents:
            if document.region != NATIONAL:
                named = set(_sources_in(document.body))
                assert named <= {SAMPLE, UNVERIFIED} | _national_sources(content, document.guide_id), document


def _national_sources(content: Content, guide_id: str) -> set[str]:
    return {source.id for source in guide_in(content, guide_id, NATIONAL).sources}


def _sources_in(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for name, child in value.items():
            if name == "source":
                yield str(child)
            else:
                yield from _sources_in(child)
    elif isinstance(value, list):
        yield from chain.from_iterable(map(_sources_in, value))


def test_ten_guides_or_more_differ_between_the_two_districts(content: Content) -> None:
    differing = [
        guide_id
        for guide_id in content.documents
        if len({guide_in(content, guide_id, district).model_dump_json(exclude={"region"}) for district in DISTRICTS})
        == 2
    ]
    assert len(differing) >= 10


def test_every_guide_is_handled_by_an_office_within_reach_of_each_district(content: Content) -> None:
    for guide_id in content.documents:
        for district in DISTRICTS:
            reach = {*content.regions.chain(district), *content.regions.within(district)} - {NATIONAL}
            handling = [office.id for office in content.offices if guide_id in office.guides and office.region in reach]
            assert handling, f"nobody handles {guide_id} for {district}"


def test_related_items_are_in_the_catalogue_and_others_than_the_guide_itself(
    content: Content, city_guides: list[ServiceGuide]
) -> None:
    known = {item.id for item in content.catalogue}
    for guide in city_guides:
        assert set(guide.related) <= known - {guide.id} and len(set(guide.related)) == len(guide.related), guide.id


def test_no_two_guides_share_a_question(city_guides: list[ServiceGuide]) -> None:
    asked: dict[str, set[str]] = {}
    for guide in city_guides:
        for question in (*guide.questions, *(faq.question for faq in guide.faq)):
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
            assert 4 <= len(question) <= 60 and len(plain(question)) >= 3, f"{guide.id}: {question}"


def test_every_answer_of_every_guide_is_whole_cited_and_keeps_what_must_be_mentioned(
    content: Content, city_guides: list[ServiceGuide]
) -> None:
    for guide in city_guides:
        region = content.regions[CITY]
        offices = tuple(office for office in content.offices if guide.id in office.guides)
        place = Place(region=region.code, name=region.name, offices=offices, hotline=region.hotline, is_sample=True)
        for aspect in Aspect:
            reply = answer(AnswerId("a_1"), guide, (aspect,), place)
            where = f"{guide.id}: {aspect}: {reply.text}"
            assert reply.sources and "依据：" in reply.text, where
            assert not any(seam in reply.text for seam in ("{{", "None", "。。", "；。", "，。", "。；", "\n\n")), where
            for mention in guide.must_mention:
                if not mention.aspects or aspect in mention.aspects:
                    assert mention.text in reply.text, where
