"""A sheet of guides, statements or questions: held against what there is, cell by cell; then all of it, or nothing.

What it changes becomes drafts, which are reviewed like any other. The same sheet a second time changes nothing.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from knowledge_base.checking import unknown_sources
from knowledge_base.documents import Body, GuideDocument
from knowledge_base.faults import in_words
from knowledge_base.model import RegionCode
from knowledge_base.statements import Statement
from knowledge_base.trying_out import findings_in
from service_hall.publishing.desk import PublishingDesk
from service_hall.publishing.draft import DocumentKey, Draft, DraftId, DraftState
from service_hall.publishing.parts import HEAD
from service_hall.publishing.sheets import CellFault, Row, Sheet, Table, take, take_questions

MOST_ROWS = 100_000
"""A sheet of all guides has half of them."""
NOTE = "表格导入"
_statement: TypeAdapter[Statement] = TypeAdapter(Statement)


@dataclass(frozen=True)
class Checked:
    """`faults` empty: it can be taken, and `changed` is what it comes to."""

    rows: int
    faults: tuple[CellFault, ...]
    changed: tuple[Sheet, ...]


class Importing:
    def __init__(self, desk: PublishingDesk) -> None:
        self._desk = desk

    def check(self, rows: Sequence[Row]) -> Checked:
        """Changes nothing."""
        faults: dict[tuple[Table, int, str], CellFault] = {}
        sheets = self._laid_out(rows, faults)
        changed = []
        for sheet in sheets.values():
            # Of a sheet whose every row is faulty nothing was written.
            if not sheet.rows or sheet.body == self._now(sheet.key):
                continue
            changed.append(sheet)
            before = len(faults)
            _note(faults, self._of_statements(sheet))
            if len(faults) == before and not any(_is_of(each, sheet) for each in faults.values()):
                _note(faults, self._of_whole(sheet))
            if (open_one := self._desk.records.open_draft_of(sheet.key)) and open_one.body != sheet.body:
                row = next(iter(sheet.rows.values()))
                _note(faults, [row.fault("guide_id", f"这份指南有 {open_one.writers[-1]} 的草稿，请先处理草稿")])
        in_order = sorted(faults.values(), key=lambda each: (each.table, each.row, each.column))
        return Checked(len(rows), tuple(in_order), tuple(changed))

    def take(self, rows: Sequence[Row], editor: str) -> Checked | list[Draft]:
        """Drafts of all that changed, all or none; what keeps it from being taken else. Of two sheets at once the later
        one is told whose draft it met."""
        while not (checked := self.check(rows)).faults:
            if (begun := self._desk.records.begin_all(self._drafts(checked, editor))) is not None:
                return begun
        return checked

    def _drafts(self, checked: Checked, editor: str) -> list[Draft]:
        now = self._desk.now()
        return [
            Draft(
                draft_id=DraftId(f"d_{secrets.token_urlsafe(9)}"),
                key=each.key,
                body=each.body,
                base=self._desk.published(each.key),
                state=DraftState.WRITING,
                writers=(editor,),
                made_at=now,
                changed_at=now,
                note=NOTE,
            )
            for each in checked.changed
        ]

    def _laid_out(
        self, rows: Iterable[Row], faults: dict[tuple[Table, int, str], CellFault]
    ) -> dict[DocumentKey, Sheet]:
        sheets: dict[DocumentKey, Sheet] = {}
        questions: dict[tuple[DocumentKey, str], list[Row]] = defaultdict(list)
        for row in sorted(rows, key=lambda each: list(Table).index(each.table)):
            key = DocumentKey(row.get("guide_id"), RegionCode(row.get("region")), row.get("document_from"))
            if misplaced := list(self._misplaced(row, key)):
                _note(faults, misplaced)
                continue
            sheet = sheets.setdefault(key, Sheet(key, self._now(key) or _begun(key)))
            _note(faults, take(row, sheet))
            if row.table is Table.QUESTIONS:
                questions[key, row.get("statement_id")].append(row)
        for (key, statement_id), asked in questions.items():
            _note(faults, take_questions(statement_id, asked, sheets[key]))
        return sheets

    def _misplaced(self, row: Row, key: DocumentKey) -> Iterator[CellFault]:
        library = self._desk.library
        if key.guide_id not in library.names:
            yield row.fault("guide_id", f"目录里没有：{key.guide_id}")
        elif key.region not in library.regions:
            yield row.fault("region", f"没有这个区划：{key.region}")

    def _now(self, key: DocumentKey) -> Body | None:
        open_one = self._desk.records.open_draft_of(key)
        return open_one.body if open_one and open_one.note == NOTE else self._desk.published(key)

    def _of_statements(self, sheet: Sheet) -> Iterator[CellFault]:
        """Of those that the sheet wrote."""
        for name, row in sheet.rows.items():
            if name == HEAD:
                continue
            value = sheet.statement(name)[1] or {}
            try:
                _statement.validate_python(value)
            except ValidationError as wrong:
                for error in wrong.errors():
                    # Before the field pydantic names the kind.
                    place = [str(step) for step in error["loc"][1:]]
                    yield row.fault(_column(place), in_words(error))
            yield from (
                row.fault("source", says) for _, says in unknown_sources(value, self._desk.library.published.sources)
            )

    def _of_whole(self, sheet: Sheet) -> Iterator[CellFault]:
        document = GuideDocument(sheet.key.guide_id, sheet.key.region, sheet.body)
        for place, says in findings_in(self._desk.library.published, document, self._desk.today):
            named = _statement_at(sheet.body, place)
            row = sheet.rows.get(named or HEAD) or next(iter(sheet.rows.values()))
            yield row.fault(_column([str(step) for step in (place[2:] if named else place)]), says)


def _note(faults: dict[tuple[Table, int, str], CellFault], found: Iterable[CellFault]) -> None:
    """One a cell: the first."""
    for each in found:
        faults.setdefault((each.table, each.row, each.column), each)


def _is_of(fault: CellFault, sheet: Sheet) -> bool:
    return any((row.table, row.number) == (fault.table, fault.row) for row in sheet.rows.values())


def _column(place: Sequence[str]) -> str:
    return "statement_id" if not place else {"asked": "question", "id": "statement_id"}.get(place[0], place[0])


def _statement_at(body: Body, place: Sequence[str | int]) -> str | None:
    if len(place) > 1 and isinstance(place[1], int) and place[0] in ("statements", "add", "replace"):
        entries = body.get(str(place[0])) or ()
        return str(entries[place[1]].get("id")) if place[1] < len(entries) else None
    return None


def _begun(key: DocumentKey) -> dict[str, object]:
    begun: dict[str, object] = {"id": key.guide_id, "region": key.region}
    return {**begun, "effective_from": key.effective_from} if key.effective_from else begun
