"""The published guides as open data."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from knowledge_base.model import Aspect, ServiceGuide
from service_hall.conversation.wording import describe

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_DESCRIBED = tuple(aspect for aspect in Aspect if aspect is not Aspect.OVERVIEW)
_COLUMNS = (
    "guide_id",
    "name",
    "theme",
    "region",
    "effective_from",
    "summary",
    *(aspect.value for aspect in _DESCRIBED),
)


def as_json(guides: Sequence[ServiceGuide]) -> bytes:
    bodies = [guide.model_dump(mode="json") for guide in guides]
    return json.dumps({"guides": bodies}, ensure_ascii=False, indent=1).encode()


def as_csv(guides: Sequence[ServiceGuide]) -> bytes:
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_COLUMNS)
    writer.writerows(_row(guide) for guide in guides)
    # The mark tells Excel that the file is UTF-8.
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()


def as_xlsx(guides: Sequence[ServiceGuide]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("guides")
    sheet.append(_COLUMNS)
    for guide in guides:
        sheet.append(_row(guide))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _row(guide: ServiceGuide) -> list[str]:
    described = [describe(aspect, guide, ()) for aspect in _DESCRIBED]
    cells = [
        guide.id,
        guide.name,
        guide.theme,
        guide.region,
        guide.effective_from.isoformat(),
        guide.summary,
        *described,
    ]
    return [_harmless(cell) for cell in cells]


def _harmless(cell: str) -> str:
    """A cell that begins like a formula, after spaces too, would be run by a spreadsheet (CWE-1236)."""
    cell = ILLEGAL_CHARACTERS_RE.sub("", cell)
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell
