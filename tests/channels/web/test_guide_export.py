"""Open data that is safe to open: no cell runs, none spoils the file."""

from __future__ import annotations

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from channels.web.guide_export import as_csv, as_json, as_xlsx
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
