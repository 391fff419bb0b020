"""Open data that is safe to open: no cell runs, none spoils the file."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import threading
from dataclasses import replace

import httpx
import pytest
from openpyxl import load_workbook

from channels.limits import EXPORTS_A_MINUTE
from channels.web import export_shelf
from channels.web.export_shelf import MOST_KEPT, ExportShelf
from channels.web.guide_export import as_csv, as_json, as_xlsx
from knowledge_base.library import Library
from knowledge_base.model import ServiceGuide
from tests.fakes import town

ATTACKS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "＋1", "－1", "＠x", "=cmd|'/c calc'!A1")


def guide_that_says(summary: str) -> ServiceGuide:
    guide = town().guide("library-card-lost")
    assert guide
    return guide.model_copy(update={"summary": summary})


def in_sheet(guide: ServiceGuide) -> str:
    [row] = csv.DictReader(io.StringIO(as_csv([guide]).decode("utf-8-sig"), newline=""))
    return row["summary"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_sheet_begins_like_a_formula(attack: str) -> None:
    assert in_sheet(guide_that_says(attack)) == f"'{attack}"


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_workbook_is_a_formula(attack: str) -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx([guide_that_says(attack)])))["guides"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert any(str(cell.value).startswith("'") for cell in cells)


def test_ordinary_words_stay_as_they_are() -> None:
    said = '补办要 10—20 天，收费=15元；\n换行、“引号”和,逗号 "都在"。'
    assert in_sheet(guide_that_says(said)) == said


def test_a_control_character_from_the_clipboard_spoils_no_file() -> None:
    guide = guide_that_says("粘贴来的\x0b话。")
    assert in_sheet(guide) == "粘贴来的话。"
    assert as_xlsx([guide])
    assert json.loads(as_json([guide]))["guides"][0]["id"] == "library-card-lost"


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
        shelf = ExportShelf(town)
        asked = [shelf.take(form, region) for form in ("json", "csv", "xlsx") for region in ("1", "2")] * 10
        assert sorted(set(await asyncio.gather(*asked))) == [b"csv", b"json", b"xlsx"]
        assert len(made) == 6

    async def test_what_is_newly_published_is_made_anew(self, made: list[tuple[str, str]]) -> None:
        library = town()
        shelf = ExportShelf(lambda: library)
        await shelf.take("json", "1")
        await shelf.take("json", "1")
        library = replace(library)
        await shelf.take("json", "1")
        assert made == [("json", "1")] * 2

    async def test_the_shelf_has_an_end(self, made: list[tuple[str, str]]) -> None:
        shelf = ExportShelf(town)
        for number in range(3 * MOST_KEPT):
            await shelf.take("json", str(number))
        assert len(shelf._files) <= MOST_KEPT

    async def test_an_address_may_have_a_few_a_minute(self, http: httpx.AsyncClient) -> None:
        statuses = [(await http.get("/api/knowledge/export")).status_code for _ in range(EXPORTS_A_MINUTE + 1)]
        assert statuses == [200] * EXPORTS_A_MINUTE + [429]
