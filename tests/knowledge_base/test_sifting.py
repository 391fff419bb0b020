"""Whatever lies among the kept rows: the sound ones are published, the others left out and named without their text."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge_base import library
from knowledge_base.content_files import load_content
from knowledge_base.kept import Kept, KeptRow
from knowledge_base.language.tokenize import Tokenizer
from knowledge_base.published import words_of_knowledge
from knowledge_base.sifting import Sifted, faults_of_edit, sift
from tests.fakes import EAST, NATION, PROVINCE, TODAY, TOWN, WILLOW, build_town, published, regions

DOG, DOG_KEY = "dog-register", ("dog-register", NATION, "2020-01-01")
TOPIC = "hall-parking"
Place = tuple[str | int, ...]


@lru_cache(maxsize=1)
def topic_body() -> dict[str, Any]:
    [document] = [each for each in load_content().topics[TOPIC] if each.region == NATION]
    return {**document.body, "related": []}


@lru_cache(maxsize=1)
def _kept() -> Kept:
    town = published()
    documents = [
        KeptRow((each.guide_id, each.region, str(each.body["effective_from"])), dict(each.body))
        for files in town.documents.values()
        for each in files
    ]
    return Kept(
        [KeptRow((each.code,), each.model_dump(mode="json")) for each in town.regions],
        [KeptRow((each.id,), each.model_dump(mode="json")) for each in town.catalogue],
        [KeptRow((each.id,), each.model_dump(mode="json")) for each in town.offices],
        [*documents, KeptRow((TOPIC, NATION, ""), topic_body())],
        [KeptRow((each.id,), each.model_dump(mode="json")) for each in town.sources.values()],
    )


def kept() -> Kept:
    return copy.deepcopy(_kept())


def with_row(table: str, key: tuple[str, ...], body: Any) -> Kept:
    """The town's rows; `body` in the place of the row of that key, or beside them."""
    town = kept()
    others = [row for row in getattr(town, table) if row.key != key]
    return replace(town, **{table: [*others, KeptRow(key, body)]})


def body_of(table: str, key: tuple[str, ...], **changed: Any) -> dict[str, Any]:
    [row] = [row for row in getattr(kept(), table) if row.key == key]
    return {**row.body, **changed}


def sifted(rows: Kept, on: date = TODAY) -> Sifted:
    return sift(rows, TOWN, on, regions())


def faults(rows: Kept, on: date = TODAY) -> list[str]:
    return [str(fault) for fault in sifted(rows, on).faults]


def test_sound_rows_are_published_whole() -> None:
    assert faults(kept()) == []
    assert set(sifted(kept()).published.documents) == set(published().documents)
    assert set(sifted(kept()).published.topics) == {TOPIC}


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ({}, "id, region"),
        ([], "(the whole)"),
        (None, "(the whole)"),
        ("x", "(the whole)"),
        ({"questions": 5}, "questions"),
        ({"statements": 5}, "statements"),
        ({"statements": [{"id": "fee"}]}, "statements.0, statements"),
        ({"add": []}, "add"),
        ({"remove": [5]}, "remove"),
        ({"hangs_on": [{}]}, "hangs_on.0.ask, hangs_on.0.options"),
        ({"effective_from": "2026-99-99"}, "effective_from"),
        ({"effective_to": "2019-12-31"}, "effective_to"),
        ({"aliases": None}, "aliases"),
        ({"name": ""}, "name"),
        ({"legal_basis": [5]}, "legal_basis.0, legal_basis"),
        ({"张三": "110101199003078515"}, "?"),
        ({"statements": [{"id": "place", "source": "sample"}]}, "source"),
        ({"statements": [[[[[[[[[[[[[[[]]]]]]]]]]]]]]]}, "(the whole)"),
    ],
)
def test_a_faulty_guide_is_left_out_with_what_is_laid_over_it(body: Any, places: str) -> None:
    whole = {**body_of("documents", DOG_KEY), **body} if isinstance(body, dict) and body else body
    rows = with_row("documents", DOG_KEY, whole)
    named = faults(rows)
    assert named[0] == f"document dog-register 000000 2020-01-01: left out: {places}"
    assert named[1:] == [
        f"document dog-register {region} 2024-01-01: left out: region" for region in (TOWN, EAST, "880102")
    ]
    assert "dog-register" not in sifted(rows).published.documents
    assert set(sifted(rows).published.documents) == set(published().documents) - {DOG}


def test_an_overlay_that_no_longer_fits_is_left_out_alone() -> None:
    key = (DOG, EAST, "2024-01-01")
    unknown = {"id": "no-such-form", "kind": "note", "says": "一句话。", "source": "sample", "aspects": ["fee"]}
    rows = with_row("documents", key, body_of("documents", key, replace=[unknown]))
    assert faults(rows) == ["document dog-register 880101 2024-01-01: left out: replace.0.id"]
    assert {each.region for each in sifted(rows).published.documents[DOG]} == {NATION, TOWN, "880102"}


def test_a_version_that_begins_later_is_held_against_its_first_day() -> None:
    key = (DOG, NATION, "2027-01-01")
    later = body_of("documents", DOG_KEY, effective_from="2027-01-01", name="")
    assert faults(with_row("documents", key, later)) == [
        "document dog-register 000000 2027-01-01: left out: name"
    ]  # and the one before it goes on


@pytest.mark.parametrize(
    ("key", "body", "places"),
    [
        (("no-such-guide", NATION, ""), {"id": "no-such-guide", "region": NATION}, "id"),
        ((DOG, "999999", ""), {"id": DOG, "region": "999999"}, "region"),
        ((TOPIC, NATION, ""), {}, "id, region"),
        ((TOPIC, NATION, ""), {"lead": {"text": "{nowhere}", "source": "unverified"}}, "lead"),
        ((TOPIC, NATION, ""), {"lead": {"text": "{phone:>999999999}", "source": "unverified"}}, "lead"),
        ((TOPIC, NATION, ""), {"lead": {"text": "{phone", "source": "unverified"}}, "lead"),
        ((TOPIC, NATION, ""), {"kind": "weather"}, "kind"),
        ((TOPIC, NATION, ""), {"details": [{"text": "有。", "item": "no-such-item", "source": "office"}]}, "details"),
        (("hall-of-fame", NATION, ""), {"id": "hall-of-fame", "region": NATION, "kind": "weather"}, "kind"),
    ],
)
def test_what_nothing_in_the_hall_fits_is_named(key: tuple[str, ...], body: Any, places: str) -> None:
    whole = {**topic_body(), **body} if key[0] == TOPIC and body else body
    rows = with_row("documents", key, whole)
    [named] = faults(rows)
    assert named.startswith(f"document {key[0]} {key[1]}: left out: {places}")


def test_an_item_is_left_out_with_its_guide() -> None:
    rows = with_row("catalogue", (DOG,), {})
    assert faults(rows)[0] == "catalogue item dog-register: left out: id, name, theme, audience"
    assert DOG not in sifted(rows).published.documents


@pytest.mark.parametrize(
    ("body", "places"),
    [({}, "id, name, region, address, phone"), ({"region": "999999"}, "region"), ({"id": "x"}, "id")],
)
def test_an_office_is_left_out(body: dict[str, Any], places: str) -> None:
    rows = with_row("offices", ("east-hall",), body and body_of("offices", ("east-hall",), **body))
    assert faults(rows) == [f"office east-hall: left out: {places}"]
    assert {each.id for each in sifted(rows).published.offices} == {"town-hall", "west-hall"}


def test_a_region_is_left_out_with_what_lies_in_it() -> None:
    rows = with_row("regions", (EAST,), {})
    assert {named.split(":")[0] for named in faults(rows)} == {
        f"region {EAST}",
        f"region {WILLOW}",
        "office east-hall",
        "document dog-register 880101 2024-01-01",
    }
    assert EAST not in sifted(rows).published.regions


@pytest.mark.parametrize("code", [NATION, PROVINCE, TOWN])
@pytest.mark.parametrize("body", [{}, {"parent": WILLOW}, {"parent": "999999"}])
def test_the_halls_own_region_is_that_of_the_files(code: str, body: dict[str, Any]) -> None:
    rows = with_row("regions", (code,), body and body_of("regions", (code,), **body))
    [named] = faults(rows)
    assert named.startswith(f"region {code}: the files' version speaks instead: ")
    assert sifted(rows).published.regions.chain(TOWN) == (NATION, PROVINCE, TOWN)


def test_what_staff_wrote_of_a_region_stays_though_the_one_above_is_faulty() -> None:
    rows = with_row("regions", (TOWN,), body_of("regions", (TOWN,), hotline="0888-9"))
    rows = replace(rows, regions=[row if row.key != (PROVINCE,) else KeptRow(row.key, {}) for row in rows.regions])
    assert sifted(rows).published.regions[TOWN].hotline == "0888-9"


def test_names_and_keys_of_strangers_are_told_in_ascii() -> None:
    [named] = faults(with_row("documents", ("张三\n", NATION, ""), {}))
    assert named == "document \\u5f20\\u4e09\\n 000000: left out: id, region"


def without_form() -> list[dict[str, Any]]:
    return [each for each in body_of("documents", DOG_KEY)["statements"] if each["id"] != "form"]


class TestAnEdit:
    def test_that_fits_is_welcome(self) -> None:
        edit = KeptRow(DOG_KEY, body_of("documents", DOG_KEY, short_name="改过的话"))
        assert faults_of_edit(kept(), edit, TODAY) == ()

    def test_is_told_what_it_would_break_below(self) -> None:
        edit = KeptRow(DOG_KEY, body_of("documents", DOG_KEY, statements=without_form()))
        assert [str(fault) for fault in faults_of_edit(kept(), edit, TODAY)] == [
            "document dog-register 880101 2024-01-01: left out: replace.0.id"
        ]

    def test_is_told_which_of_its_sources_nobody_knows(self) -> None:
        edit = KeptRow(DOG_KEY, body_of("documents", DOG_KEY, legal_basis=["rule#3", "hearsay#1"]))
        assert [fault.places for fault in faults_of_edit(kept(), edit, TODAY)] == [("legal_basis.1",)]

    def test_is_held_against_the_days_to_come(self) -> None:
        later = body_of("documents", DOG_KEY, effective_from="2027-01-01", statements=without_form())
        found = faults_of_edit(kept(), KeptRow((DOG, NATION, "2027-01-01"), later), TODAY)
        assert [fault.key[1] for fault in found] == [EAST]

    def test_is_not_blamed_for_what_was_faulty_before(self) -> None:
        rows = with_row("documents", (DOG, EAST, "2024-01-01"), {})
        edit = KeptRow(DOG_KEY, body_of("documents", DOG_KEY, short_name="改过的话"))
        assert faults_of_edit(rows, edit, TODAY) == ()

    def test_of_a_faulty_document_must_mend_it(self) -> None:
        rows = with_row("documents", DOG_KEY, {})
        assert faults_of_edit(rows, KeptRow(DOG_KEY, {}), TODAY)
        assert faults_of_edit(rows, KeptRow(DOG_KEY, body_of("documents", DOG_KEY)), TODAY) == ()


JUNK: list[Any] = [None, True, 5, -1, 1e999, "", "x", "\ud800", "\0", "2026-99-99", NATION, EAST, [], {}, [[]], [{}]]
JUNK += [["x"], [{"name": []}], [{"id": "form"}], {"id": 5}, {"source": "x"}, "{0}", "{phone.__class__}"]


def places_in(value: Any, place: Place = ()) -> Iterator[Place]:
    yield place
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield from places_in(child, (*place, name))


@st.composite
def spoilt(draw: st.DrawFn) -> Kept:
    """The town with a field dropped, or something else in its place, up to four times."""
    town = kept()
    for _ in range(draw(st.integers(1, 4))):
        table = getattr(
            town, draw(st.sampled_from(["documents", "documents", "regions", "catalogue", "offices", "sources"]))
        )
        at = draw(st.integers(0, len(table) - 1))
        row = table[at]
        *way, last = draw(st.sampled_from([place for place in places_in(row.body) if place] or [("x",)]))
        junk = copy.deepcopy(draw(st.sampled_from(JUNK)))
        if not isinstance(row.body, dict) or draw(st.integers(0, 9)) == 0:
            table[at] = KeptRow(row.key, junk)
            continue
        holder = row.body
        for step in way:
            holder = holder[step]
        if draw(st.booleans()) and not isinstance(holder, str):
            del holder[last]
        else:
            holder[last] = junk
    return town


@lru_cache(maxsize=1)
def _one_tokenizer() -> Tokenizer:
    return Tokenizer(words_of_knowledge(published()))


@settings(max_examples=60, deadline=None)
@given(spoilt(), st.sampled_from([TODAY, date(2023, 1, 1), date(2030, 1, 1)]))
def test_a_library_opens_whatever_lies_there(rows: Kept, on: date) -> None:
    with pytest.MonkeyPatch.context() as patch:
        # Cutting learns the words again for each library, which takes most of a second.
        patch.setattr(library, "Tokenizer", lambda *_: _one_tokenizer())
        found = sifted(rows, on)
        opened = build_town(found.published, on=on)
    for region in opened.regions:
        for guide_id in opened.published.documents:
            opened.guide(guide_id, region.code)
        for topic_id in opened.published.topics:
            opened.topic(topic_id, region.code)
        opened.main_hall(region.code)
    assert TOWN in opened.regions
