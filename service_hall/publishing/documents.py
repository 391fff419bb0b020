"""What is written, reviewed and published: guides, what the hall says of itself, life events, rates. Here alone they
differ: where a published one stands, what is wrong with an edit, what citizens would be told with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from knowledge_base.amending import Amendment, amended
from knowledge_base.checking import Finding, faults_in_topic, faults_of_document, unknown_sources
from knowledge_base.documents import Body, GuideDocument
from knowledge_base.hall_topics import resolve_topic_body
from knowledge_base.kept import Kind
from knowledge_base.library import Library
from knowledge_base.model import NATIONAL
from knowledge_base.published import Published, written_key
from knowledge_base.scenarios.editing import faults_of_rates, faults_of_scenario, with_rates, with_scenario
from knowledge_base.scenarios.model import Scenario
from knowledge_base.scenarios.topics import topic_id_of
from knowledge_base.trying_out import findings_in, library_with, with_document
from service_hall.publishing.draft import DocumentKey, DocumentKind, Draft
from service_hall.scenarios.all_ways import walk_all
from service_hall.scenarios.reckoning import Calculators

_KINDS = {DocumentKind.SCENARIO: Kind.SCENARIO, DocumentKind.RATES: Kind.RATES}


def published_body(library: Library, key: DocumentKey) -> Body | None:
    """As it is published; None: there is none."""
    published = library.published
    if kind := _KINDS.get(key.kind):
        return published.written.get(written_key(kind, key.thing_id))
    documents = (published.topics if key.kind is DocumentKind.FACT else published.documents).get(key.guide_id, ())
    return next((each.body for each in documents if DocumentKey.of(each) == key), None)


def findings_of(library: Library, draft: Draft, today: date) -> list[Finding]:
    """What keeps it from being published, each with its place; empty where nothing does."""
    key, body, published = draft.key, draft.body, library.published
    match key.kind:
        case DocumentKind.GUIDE:
            return findings_in(published, draft.document, today)
        case DocumentKind.FACT:
            return _findings_in_fact(published, draft.document, today)
        case DocumentKind.SCENARIO:
            return faults_of_scenario(body, key.thing_id, published, today)
        case DocumentKind.RATES:
            return faults_of_rates(body, published_body(library, key), key.thing_id, published, today)


def findings_on_all_ways(
    library: Library, draft: Draft, today: date, calculators_with: Callable[..., Calculators]
) -> list[Finding]:
    """Of a life event that is sound by itself: what is met when all its ways are walked. Takes up to a second."""
    if draft.key.kind is not DocumentKind.SCENARIO:
        return []
    scenario = Scenario.model_validate(draft.body)
    if scenario.withdrawn:
        return []
    walked = walk_all(scenario, library_of(library, draft), today, calculators_with(library.published.rates))
    return [((), fault) for fault in walked.faults]


def library_of(library: Library, draft: Draft) -> Library:
    """As it would answer with the draft. Raises pydantic.ValidationError for one that is not sound."""
    published = library.published
    match draft.key.kind:
        case DocumentKind.GUIDE:
            return library_with(library, draft.document)
        case DocumentKind.FACT:
            return _amended(library, with_fact(published, draft.document), draft.key.guide_id)
        case DocumentKind.SCENARIO:
            return _amended(library, with_scenario(published, draft.body), topic_id_of(draft.key.thing_id))
        case DocumentKind.RATES:
            return _amended(library, with_rates(published, draft.body))


def found_as(key: DocumentKey) -> str:
    """The item or topic by which it is found; '' for what is found by nothing."""
    match key.kind:
        case DocumentKind.SCENARIO:
            return topic_id_of(key.thing_id)
        case DocumentKind.RATES:
            return ""
    return key.guide_id


def title_of(library: Library, key: DocumentKey, written: Body | None = None) -> str:
    """`written`: the draft of what is not published yet."""
    otherwise = str((written or {}).get("title") or key.thing_id)
    match key.kind:
        case DocumentKind.SCENARIO:
            found = library.published.scenario_ever(key.thing_id)
            return found.title if found else otherwise
        case DocumentKind.RATES:
            file = library.published.rates.files.get(key.thing_id)
            return file.title if file else otherwise
        case DocumentKind.FACT:
            documents = library.published.topics.get(key.guide_id, ())
            return next((str(each.body["name"]) for each in documents if each.body.get("name")), key.guide_id)
    return library.names.get(key.guide_id, key.guide_id)


def with_fact(published: Published, edited: GuideDocument) -> Published:
    """With the edit in the place of the document of the same region and first day."""
    among = replace(published, documents=published.topics)
    return replace(published, topics=with_document(among, edited).documents)


def _findings_in_fact(published: Published, edited: GuideDocument, today: date) -> list[Finding]:
    own = list(faults_of_document(edited.body, edited.guide_id, edited.region))
    if edited.region not in published.regions:
        own.append((("region",), f"没有这个区划：{edited.region}"))
    if own:
        return own
    items = {item.id for item in published.catalogue}
    found: list[Finding] = []
    after = with_fact(published, edited).topics[edited.guide_id]
    for region in dict.fromkeys((edited.region, *(each.region for each in after))):
        body = resolve_topic_body(after, published.regions, region, today)
        if body is None and region == edited.region and not any(each.region == NATIONAL for each in after):
            return [(("region",), "没有可以继承的上级内容，自己又不完整")]
        found += faults_in_topic(body, items) if body else ()
    return [*dict.fromkeys(found), *unknown_sources(edited.body, published.sources)]


def _amended(library: Library, published: Published, *topics: str) -> Library:
    return amended(library, Amendment(published, library.on, frozenset(), frozenset(topics)))
