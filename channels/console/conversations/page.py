"""`/console/conversations`: what citizens said and were answered. Each look is noted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from channels.cells import CSV, XLSX, csv_of, xlsx_of
from channels.console.conversations.search import Search, place, search
from channels.console.conversations.telling import COLUMNS, ToldTurn, region_names, told
from channels.console.shell.console import Console, Seat
from channels.console.shell.names import CHANNELS, OUTCOMES
from channels.console.shell.regions import regions_asked, regions_open_to
from channels.inputs import KeptId
from channels.refusals import Refusal
from service_hall.conversation.archive import Archive, ArchivedTurn, Place, WantedTurns
from service_hall.hall import Hall
from service_hall.shared.ids import MessageId
from service_hall.staff.roles import Action

CONVERSATIONS = "/console/conversations"
_EACH = 50
_READ_AT_ONCE = 500
MOST_EXPORTED, _MOST_READS = 20_000, 100
_FORMATS = {"csv": CSV, "xlsx": XLSX}


def make_conversations_router(console: Console, archive: Archive, hall: Hall) -> APIRouter:
    router = APIRouter(prefix=CONVERSATIONS, include_in_schema=False)
    reader = Depends(console.seat(Action.SEE_CONVERSATIONS))
    taker = Depends(console.seat(Action.EXPORT_CONVERSATIONS))
    searched, from_place = Depends(search), Depends(place)

    def told_all(turns: tuple[ArchivedTurn, ...] | list[ArchivedTurn]) -> list[ToldTurn]:
        names = region_names(hall)
        return [told(turn, names) for turn in turns]

    @router.get("")
    def show(seat: Seat = reader, search: Search = searched, before: Place | None = from_place) -> Response:
        found = archive.search(search.wanted(seat, hall), before, _EACH)
        console.audit.record(seat.entry("conversation.search", "conversation", "", after=search.noted()))
        return seat.show(
            "conversations/list.html",
            search=search,
            asked=search.address(),
            turns=told_all(found.turns),
            goes_on=found.goes_on,
            channels=CHANNELS,
            outcomes=OUTCOMES,
            regions=regions_open_to(seat, hall),
            may_export=seat.may(Action.EXPORT_CONVERSATIONS),
        )

    @router.get("/sheet.{kind_of_file}")
    def export(kind_of_file: str, seat: Seat = taker, search: Search = searched) -> Response:
        if kind_of_file not in _FORMATS:
            raise Refusal(404)
        wanted = search.wanted(seat, hall)
        console.audit.record(seat.entry("conversation.export", "conversation", kind_of_file, after=search.noted()))
        rows = (turn.row() for turn in told_all(list(_all(archive, wanted))))
        body = csv_of(COLUMNS, rows) if kind_of_file == "csv" else xlsx_of([("对话", COLUMNS, rows)])
        name = f"conversations-{console.clock():%Y%m%d-%H%M}.{kind_of_file}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(body, headers=headers, media_type=_FORMATS[kind_of_file])

    @router.get("/{message_id}")
    def show_one(message_id: Annotated[KeptId, Path()], seat: Seat = reader) -> Response:
        turns = archive.around(MessageId(message_id), regions_asked(seat, hall, ""))
        if not turns:
            raise Refusal(404, "not_found", "没有这段对话：可能已被本人删除，或不在您的范围里。请从列表里选。")
        console.audit.record(seat.entry("conversation.look", "conversation", message_id))
        return seat.show("conversations/one.html", turns=told_all(turns), chosen=message_id)

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
