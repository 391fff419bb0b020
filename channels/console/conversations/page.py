"""`/console/conversations`: what citizens said and were answered. Each look is noted."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, Field, model_validator

from channels.cells import CSV, XLSX, csv_of, xlsx_of
from channels.console.conversations.search import Search, place, search
from channels.console.conversations.telling import COLUMNS, ToldTurn, told_all
from channels.console.shell.console import Console, Seat
from channels.console.shell.forms import Form, filled, read, typed
from channels.console.shell.items import items_of
from channels.console.shell.names import CHANNELS, FLAGS, OUTCOMES
from channels.console.shell.regions import choice_of_regions, region_names, regions_asked
from channels.inputs import KeptId
from channels.refusals import Refusal
from service_hall.conversation.archive import Archive, ArchivedTurn, Place, WantedTurns
from service_hall.conversation.noting import Flag, Note, NoteId
from service_hall.hall import Hall
from service_hall.shared.ids import MessageId
from service_hall.staff.roles import Action

CONVERSATIONS = "/console/conversations"
_EACH = 50
_READ_AT_ONCE = 500
MOST_EXPORTED, _MOST_READS = 20_000, 100
_FORMATS = {"csv": CSV, "xlsx": XLSX}


_NOT_THERE = "没有这段对话：可能已被本人删除，或不在您的范围里。请从列表里选。"


class NoteIn(BaseModel):
    flag: Flag = Flag.NONE
    text: str = Field(default="", max_length=1000)

    @model_validator(mode="after")
    def says_something(self) -> NoteIn:
        if not (self.flag or self.text):
            raise ValueError("请选一个标记，或写一句备注。")
        return self


def make_conversations_router(console: Console, archive: Archive, hall: Hall) -> APIRouter:
    router = APIRouter(prefix=CONVERSATIONS, include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_CONVERSATIONS))
    taker = Depends(console.seat(Action.EXPORT_CONVERSATIONS))
    searched, from_place = Depends(search), Depends(place)

    def tell(turns: Sequence[ArchivedTurn]) -> list[ToldTurn]:
        return told_all(turns, region_names(hall))

    @router.get("")
    def show(seat: Seat = reader, search: Search = searched, before: Place | None = from_place) -> Response:
        found = archive.search(search.wanted(seat, hall), before, _EACH)
        console.audit.record(seat.entry("conversation.search", "conversation", "", after=search.noted()))
        return seat.show(
            "conversations/list.html",
            search=search,
            asked=search.address(),
            turns=tell(found.turns),
            goes_on=found.goes_on,
            channels=CHANNELS,
            outcomes=OUTCOMES,
            flags=FLAGS,
            places=choice_of_regions(seat, hall),
            may_export=seat.may(Action.EXPORT_CONVERSATIONS),
        )

    @router.get("/sheet.{kind_of_file}")
    def export(kind_of_file: str, seat: Seat = taker, search: Search = searched) -> Response:
        if kind_of_file not in _FORMATS:
            raise Refusal(404)
        wanted = search.wanted(seat, hall)
        console.audit.record(seat.entry("conversation.export", "conversation", kind_of_file, after=search.noted()))
        rows = (turn.row() for turn in tell(list(_all(archive, wanted))))
        body = csv_of(COLUMNS, rows) if kind_of_file == "csv" else xlsx_of([("对话", COLUMNS, rows)])
        name = f"conversations-{console.clock():%Y%m%d-%H%M}.{kind_of_file}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(body, headers=headers, media_type=_FORMATS[kind_of_file])

    def around(seat: Seat, message_id: str, each_way: int = 20) -> list[ArchivedTurn]:
        """Empty: it is not there, or not hers to see."""
        mine = items_of(seat.member, hall)
        return archive.around(MessageId(message_id), regions_asked(seat, hall, ""), each_way, mine)

    def show_turn(seat: Seat, message_id: str, form: Form, status: int = 200) -> Response:
        turns = around(seat, message_id)
        if not turns:
            raise Refusal(404, "not_found", _NOT_THERE)
        return seat.show(
            "conversations/one.html",
            status=status,
            turns=tell(turns),
            chosen=message_id,
            flags=FLAGS,
            form=form,
        )

    def check_sees(seat: Seat, message_id: str) -> None:
        if not around(seat, message_id, 0):
            raise Refusal(404, "not_found", _NOT_THERE)

    @router.get("/{message_id}")
    def show_one(message_id: Annotated[KeptId, Path()], seat: Seat = reader) -> Response:
        page = show_turn(seat, message_id, filled({}))
        console.audit.record(seat.entry("conversation.look", "conversation", message_id))
        return page

    @router.post("/{message_id}/notes")
    def add_note(message_id: Annotated[KeptId, Path()], seat: Seat = reader) -> Response:
        form = typed(seat.form)
        wanted = read(form, NoteIn)
        if wanted is None:  # what was said is shown again, and so it is a look
            page = show_turn(seat, message_id, form, status=422)
            console.audit.record(seat.entry("conversation.look", "conversation", message_id))
            return page
        check_sees(seat, message_id)
        note = Note(
            NoteId(f"n_{secrets.token_urlsafe(9)}"),
            MessageId(message_id),
            wanted.flag,
            hall.reception.mask(wanted.text),
            seat.member.name,
            console.clock(),
        )
        entry = seat.entry("conversation.note", "conversation", message_id, after={"flag": wanted.flag.value})
        if not archive.add_note(note, entry):
            raise Refusal(404, "not_found", _NOT_THERE)
        return seat.go(f"{CONVERSATIONS}/{message_id}", "已记下。")

    @router.post("/{message_id}/notes/{note_id}/drop")
    def drop_note(
        message_id: Annotated[KeptId, Path()], note_id: Annotated[KeptId, Path()], seat: Seat = reader
    ) -> Response:
        check_sees(seat, message_id)
        if not archive.drop_note(NoteId(note_id), seat.entry("conversation.drop_note", "conversation", message_id)):
            raise Refusal(404, "not_found", "这条备注已经不在了，请刷新后再看。")
        return seat.go(f"{CONVERSATIONS}/{message_id}", "已撤下。")

    return router


def _all(archive: Archive, wanted: WantedTurns) -> Iterator[ArchivedTurn]:
    """The newest MOST_EXPORTED. A search that finds next to nothing among millions ends somewhere, too."""
    place, left = None, MOST_EXPORTED
    for _ in range(_MOST_READS):
        found = archive.search(wanted, place, min(left, _READ_AT_ONCE))
        yield from found.turns
        place, left = found.goes_on, left - len(found.turns)
        if place is None or left == 0:
            return
