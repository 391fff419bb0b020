"""Open data that is whole, and safe to open: no cell runs, none spoils the file."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from channels.limits import EXPORTS_A_MINUTE
from channels.web import export_shelf
from channels.web.export_shelf import MOST_KEPT, ExportShelf
from channels.web.guide_export import Edition, as_csv, as_json, as_xlsx, edition_of
from knowledge_base.library import Library
from knowledge_base.model import ServiceGuide
from knowledge_base.sources import LegalText
from tests import fakes
from tests.fakes import EAST, TOWN, statement

ATTACKS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "＋1", "－1", "＠x", "=cmd|'/c calc'!A1")
DAY = "2026-06-01"


def edition(region: str = TOWN, sources: Mapping[str, LegalText] | None = None) -> Edition:
    town = fakes.town()
    published = replace(town.published, sources=town.published.sources if sources is None else sources)
    return edition_of(replace(town, published=published), region)


def that_says(says: str) -> Edition:
    """The lost card's guide alone, which says this of its fee."""
    guide = fakes.town().guide("library-card-lost")
    assert guide
    told = tuple(each.model_copy(update={"says": says}) if each.id == "fee" else each for each in guide.statements)
    return replace(edition(), guides=[guide.model_copy(update={"statements": told})])


def rows_of(exported: Edition) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(exported).decode("utf-8-sig"), newline="")))


def row_of(exported: Edition, guide_id: str, statement_id: str) -> dict[str, str]:
    (row,) = (row for row in rows_of(exported) if (row["guide_id"], row["statement_id"]) == (guide_id, statement_id))
    return row


def sheet(exported: Edition, name: str) -> list[dict[str, Any]]:
    head, *rows = load_workbook(io.BytesIO(as_xlsx(exported)))[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


class TestJson:
    def test_holds_every_guide_with_its_statements_and_their_states(self) -> None:
        whole = json.loads(as_json(edition()))
        assert (whole["region"], whole["as_of"]) == (TOWN, DAY)
        assert [guide["id"] for guide in whole["guides"]] == list(fakes.town().guide_ids)
        states = {
            f"{guide['id']}/{each['id']}": each["state"] for guide in whole["guides"] for each in guide["statements"]
        }
        assert states["dog-register/fee"] == "verified"
        assert states["dog-register/town-promise"] == "sample"
        assert states["night-stall/proxy"] == "unverified"

    def test_holds_each_source_once_with_its_articles(self) -> None:
        sources = json.loads(as_json(edition()))["sources"]
        assert [source["id"] for source in sources] == ["fee-rule", "rule"]
        assert sources[0]["articles"]["1"]["text"] == "工本费每证10元，补证每证15元。"

    def test_names_no_source_that_its_guides_do_not(self) -> None:
        more = {**fakes.sources(), "gossip": fakes.legal_text("gossip", "传闻", {"1": "听说。"})}
        assert "gossip" not in [source["id"] for source in json.loads(as_json(edition(sources=more)))["sources"]]

    def test_says_what_the_region_says(self) -> None:
        whole = json.loads(as_json(edition(EAST)))
        dog = next(guide for guide in whole["guides"] if guide["id"] == "dog-register")
        assert "vaccine" in [each["id"] for each in dog["statements"]]

    def test_can_be_read_back_as_it_went(self) -> None:
        exported = edition(EAST)
        whole = json.loads(as_json(exported))
        for body in whole["guides"]:
            for each in body["statements"]:
                del each["state"]
        assert [ServiceGuide.model_validate(body) for body in whole["guides"]] == list(exported.guides)
        assert [LegalText.model_validate(body) for body in whole["sources"]] == list(exported.sources.values())


class TestSheets:
    def test_have_a_statement_a_row_with_what_it_rests_on(self) -> None:
        row = row_of(edition(), "library-card-lost", "fee")
        assert row == {
            "guide_id": "library-card-lost",
            "guide_name": "借书证丢失补办",
            "theme": "示范",
            "region": "000000",
            "statement_id": "fee",
            "kind": "fee",
            "aspects": "fee",
            "says": "补证工本费每证15元。",
            "state": "verified",
            "sources": "借书证收费标准第一条",
            "references": "fee-rule#1",
            "emphasis": "",
            "effective_from": "",
            "effective_to": "",
            "set_by": "",
            "because": "",
            "reckoned": "",
        }

    def test_say_why_a_statement_is_held_against_no_text(self) -> None:
        row = row_of(edition(), "night-stall", "proxy")
        assert (row["state"], row["sources"], row["because"]) == ("unverified", "", "没有找到原文")

    def test_name_the_document_that_says_it_and_all_its_aspects(self) -> None:
        assert row_of(edition(EAST), "dog-register", "vaccine")["region"] == EAST
        assert row_of(edition(), "library-card-lost", "old-card")["aspects"] == "procedure overview"

    def test_of_a_workbook_hold_guides_statements_and_sources(self) -> None:
        exported = edition()
        book = load_workbook(io.BytesIO(as_xlsx(exported)))
        assert book.sheetnames == ["guides", "statements", "sources"]
        lost = next(row for row in sheet(exported, "guides") if row["guide_id"] == "library-card-lost")
        assert (lost["summary"], lost["aliases"]) == ("补办借书证由本人到窗口办理。", "借书证丢了、补借书证")
        assert len(sheet(exported, "statements")) == len(rows_of(exported))
        first = sheet(exported, "sources")[0]
        assert (first["source_id"], first["label"]) == ("fee-rule", "第一条")
        assert first["text"] == "工本费每证10元，补证每证15元。"

    def test_name_a_source_that_is_known_by_title_only(self) -> None:
        unread = {**fakes.sources(), "fee-rule": fakes.legal_text("fee-rule", "借书证收费标准", {})}
        exported = edition(sources=unread)
        assert [row["article"] for row in sheet(exported, "sources") if row["source_id"] == "fee-rule"] == [None]
        row = row_of(exported, "library-card-lost", "fee")
        assert (row["state"], row["sources"]) == ("unverified", "借书证收费标准")


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_sheet_begins_like_a_formula(attack: str) -> None:
    assert row_of(that_says(attack), "library-card-lost", "fee")["says"] == f"'{attack}"


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_workbook_is_a_formula(attack: str) -> None:
    spoilt = {**fakes.sources(), "fee-rule": fakes.legal_text("fee-rule", attack, {"1": attack})}
    exported = replace(that_says(attack), library=edition(sources=spoilt).library)
    book = load_workbook(io.BytesIO(as_xlsx(exported)))
    for name in ("statements", "sources"):
        cells = [cell for row in book[name].iter_rows() for cell in row]
        assert not any(cell.data_type == "f" for cell in cells)
        assert any(str(cell.value).startswith("'") for cell in cells)


def test_ordinary_words_stay_as_they_are() -> None:
    said = '补办要 10—20 天，收费=15元；\n换行、“引号”和,逗号 "都在"。'
    assert row_of(that_says(said), "library-card-lost", "fee")["says"] == said


def test_a_control_character_from_the_clipboard_spoils_no_file() -> None:
    exported = that_says("粘贴来的\x0b话。")
    assert row_of(exported, "library-card-lost", "fee")["says"] == "粘贴来的话。"
    assert as_xlsx(exported)
    assert json.loads(as_json(exported))["guides"][0]["id"] == "library-card-lost"


def test_with_nothing_published_the_files_are_empty_and_whole() -> None:
    library = fakes.build_town(fakes.published(catalogue=(), offices=(), documents={}))
    empty = edition_of(library, TOWN)
    assert json.loads(as_json(empty)) == {"region": TOWN, "as_of": DAY, "guides": [], "sources": []}
    assert rows_of(empty) == [] and sheet(empty, "guides") == []


def test_statements_of_every_kind_can_be_exported() -> None:
    alms = statement("alms", "amount", "每月10元。", name="补贴", value="10.50", unit="元/月", formula="10元×月数")
    dog = fakes.document(fakes.telling(fakes.DOG, alms))
    library = fakes.build_town(fakes.published(documents={"dog-register": [dog]}))
    exported = edition_of(library, TOWN)
    assert row_of(exported, "dog-register", "alms")["kind"] == "amount"
    (guide,) = json.loads(as_json(exported))["guides"]
    assert guide["statements"][-1]["value"] == "10.50"


class TestMakingTheFiles:
    @pytest.fixture
    def made(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
        """What was made, in order; never two at a time."""
        made: list[tuple[str, str]] = []
        one_at_a_time = threading.Lock()

        def make(_: Library, form: str, region: str) -> bytes:
            assert one_at_a_time.acquire(blocking=False)
            made.append((form, region))
            one_at_a_time.release()
            return form.encode()

        monkeypatch.setattr(export_shelf, "_make", make)
        return made

    async def test_many_at_once_are_served_from_one_of_each(self, made: list[tuple[str, str]]) -> None:
        shelf = ExportShelf(fakes.town)
        asked = [shelf.take(form, region) for form in ("json", "csv", "xlsx") for region in ("1", "2")] * 10
        assert sorted(set(await asyncio.gather(*asked))) == [b"csv", b"json", b"xlsx"]
        assert len(made) == 6

    async def test_what_is_newly_published_is_made_anew(self, made: list[tuple[str, str]]) -> None:
        library = fakes.town()
        shelf = ExportShelf(lambda: library)
        await shelf.take("json", "1")
        await shelf.take("json", "1")
        library = replace(library)
        await shelf.take("json", "1")
        assert made == [("json", "1")] * 2

    async def test_the_shelf_has_an_end(self, made: list[tuple[str, str]]) -> None:
        shelf = ExportShelf(fakes.town)
        for number in range(3 * MOST_KEPT):
            await shelf.take("json", str(number))
        assert len(shelf._files) <= MOST_KEPT

    async def test_an_address_may_have_a_few_a_minute(self, http: httpx.AsyncClient) -> None:
        statuses = [(await http.get("/api/knowledge/export")).status_code for _ in range(EXPORTS_A_MINUTE + 1)]
        assert statuses == [200] * EXPORTS_A_MINUTE + [429]
