"""Recorded turns as staff look for them, in SQL (`service_hall.conversation.archive`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from server.storage.audit_store import write_entry
from server.storage.engine import pen_of, writing
from server.storage.schema import answers, turn_notes, turns, utterances
from server.storage.utterance_rows import read_utterance
from service_hall.conversation.archive import MOST_LOOKED_AT, ArchivedTurn, Found, Place, WantedTurns
from service_hall.conversation.message import Door
from service_hall.conversation.noting import Flag, Note, NoteId
from service_hall.conversation.reply import Outcome
from service_hall.conversation.utterances import Speaker, Utterance
from service_hall.shared.ids import MessageId, VisitorId
from service_hall.staff.audit import Entry

_PLACE = (turns.c.received_at, turns.c.message_id)
_NEWEST_FIRST = tuple(column.desc() for column in _PLACE)


def testers() -> sa.Select[tuple[str]]:
    """Whoever said something that was flagged as a test."""
    tried = turns.alias("tried")
    noted = sa.select(tried.c.visitor_id).join(turn_notes, turn_notes.c.message_id == tried.c.message_id)
    return noted.where(turn_notes.c.flag == Flag.TEST.value)


class ArchiveStore:
    def __init__(self, engine: sa.Engine, most_looked_at: int = MOST_LOOKED_AT) -> None:
        self._engine, self._writing, self._most = engine, writing(engine), most_looked_at
        self._pen = pen_of(engine)

    def search(self, wanted: WantedTurns, before: Place | None = None, most: int = 50) -> Found:
        reach = self._most if wanted.sifts else most + 1
        near = sa.select(turns).where(*_led_to(wanted, before)).order_by(*_NEWEST_FIRST)
        looked_at = near.limit(reach).subquery()
        found = (
            sa.select(looked_at)
            .where(*_sifted(wanted, looked_at))
            .order_by(looked_at.c.received_at.desc(), looked_at.c.message_id.desc())
            .limit(most + 1)
        )
        with self._engine.begin() as transaction:
            rows = transaction.execute(found).all()
            end = rows[most - 1] if len(rows) > most else None
            if end is None and wanted.sifts:
                end = transaction.execute(near.with_only_columns(*_PLACE).offset(reach - 1).limit(1)).one_or_none()
            shown = _whole(transaction, rows[:most])
        return Found(tuple(shown), Place(end.received_at, MessageId(end.message_id)) if end else None)

    def around(
        self,
        message_id: MessageId,
        regions: tuple[str, ...] = (),
        each_way: int = 20,
        items: frozenset[str] | None = None,
    ) -> list[ArchivedTurn]:
        there = sa.and_(turns.c.region.in_(regions) if regions else sa.true(), tells_of(items, turns.c.message_id))
        with self._engine.begin() as transaction:
            turn = transaction.execute(sa.select(turns).where(turns.c.message_id == message_id, there)).one_or_none()
            if turn is None:
                return []
            place = _tuple_of(Place(turn.received_at, turn.message_id))
            hers = sa.select(turns).where(turns.c.visitor_id == turn.visitor_id, there).limit(each_way)
            earlier = transaction.execute(hers.where(sa.tuple_(*_PLACE) < place).order_by(*_NEWEST_FIRST)).all()
            later = transaction.execute(hers.where(sa.tuple_(*_PLACE) > place).order_by(*_PLACE)).all()
            return _whole(transaction, [*reversed(earlier), turn, *later])

    def add_note(self, note: Note, entry: Entry) -> bool:
        is_there = (
            sa.select(turns.c.message_id).where(turns.c.message_id == note.message_id).with_for_update(key_share=True)
        )
        row = {**vars(note), "flag": note.flag.value}
        with self._pen, self._writing.begin() as transaction:
            if transaction.execute(is_there).first() is None:
                return False
            transaction.execute(sa.insert(turn_notes).values(row))
            write_entry(transaction, entry)
        return True

    def drop_note(self, note_id: NoteId, entry: Entry) -> bool:
        dropped = sa.delete(turn_notes).where(turn_notes.c.note_id == note_id, turn_notes.c.message_id == entry.thing)
        with self._pen, self._writing.begin() as transaction:
            if transaction.execute(dropped).rowcount == 0:
                return False
            write_entry(transaction, entry)
        return True


def _led_to(wanted: WantedTurns, before: Place | None) -> Iterator[sa.ColumnElement[bool]]:
    """Where an index leads."""
    if wanted.since:
        yield turns.c.received_at >= wanted.since
    if wanted.until:
        yield turns.c.received_at < wanted.until
    if wanted.outcome:
        yield turns.c.outcome == wanted.outcome.value
    if wanted.flag is Flag.TEST:
        yield turns.c.visitor_id.in_(testers())
    else:
        yield turns.c.visitor_id.not_in(testers())
    if wanted.flag not in (Flag.NONE, Flag.TEST):
        flagged = sa.select(turn_notes.c.message_id).where(turn_notes.c.flag == wanted.flag.value)
        yield turns.c.message_id.in_(flagged)
    if before:
        # Said twice, so that the index is used for it everywhere.
        yield turns.c.received_at <= before.at
        yield sa.tuple_(*_PLACE) < _tuple_of(before)


def _sifted(wanted: WantedTurns, among: sa.Subquery) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.door:
        yield among.c.door == wanted.door.value
    if wanted.regions:
        yield among.c.region.in_(wanted.regions)
    if wanted.items is not None:
        yield tells_of(wanted.items, among.c.message_id)
    if wanted.words:
        said = sa.func.lower(utterances.c.said)
        yield sa.exists().where(
            utterances.c.message_id == among.c.message_id,
            utterances.c.who == Speaker.CITIZEN.value,
            *(said.contains(word.lower(), autoescape=True) for word in wanted.words),
        )


def tells_of(items: frozenset[str] | None, message_id: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """It told of none, or of one of these. None: whatever it told of."""
    if items is None:
        return sa.true()
    given = answers.alias("given")  # the query may look at answers itself
    told = sa.exists().where(given.c.message_id == message_id)
    return sa.or_(~told, told.where(given.c.guide_id.in_(sorted(items))))


def _tuple_of(place: Place) -> sa.Tuple:
    return sa.tuple_(place.at, place.message_id, types=[column.type for column in _PLACE])


def _whole(transaction: sa.Connection, rows: Sequence[sa.Row[Any]]) -> list[ArchivedTurn]:
    ids = [row.message_id for row in rows]
    spoken: dict[str, list[Utterance]] = defaultdict(list)
    said = sa.select(utterances).where(utterances.c.message_id.in_(ids)).order_by(utterances.c.number)
    for row in transaction.execute(said):
        spoken[row.message_id].append(read_utterance(row))
    judged = sa.select(answers).where(answers.c.message_id.in_(ids), answers.c.judged_at.is_not(None))
    judgements = {row.message_id: row for row in transaction.execute(judged.order_by(answers.c.judged_at))}
    notes: dict[str, list[Note]] = defaultdict(list)
    noted = sa.select(turn_notes).where(turn_notes.c.message_id.in_(ids))
    for row in transaction.execute(noted.order_by(turn_notes.c.at, turn_notes.c.note_id)):
        notes[row.message_id].append(Note(**{**row._mapping, "flag": Flag(row.flag)}))
    return [
        _archived(row, spoken[row.message_id], judgements.get(row.message_id), notes[row.message_id]) for row in rows
    ]


def _archived(
    row: sa.Row[Any], spoken: Sequence[Utterance], judged: sa.Row[Any] | None, notes: Sequence[Note]
) -> ArchivedTurn:
    return ArchivedTurn(
        message_id=MessageId(row.message_id),
        visitor_id=VisitorId(row.visitor_id),
        at=row.received_at,
        door=Door(row.door),
        region=row.region,
        outcome=Outcome(row.outcome),
        reason=row.reason,
        took_ms=row.took_ms,
        said="".join(each.said for each in spoken),
        replies=tuple(each.reply for each in spoken if each.reply),
        useful=judged.useful if judged else None,
        comment=(judged.comment or "") if judged else "",
        notes=tuple(notes),
    )
