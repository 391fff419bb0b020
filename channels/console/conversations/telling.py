"""A recorded turn as the console shows it, on a page and in a sheet alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.console.shell.names import CHANNELS, FLAGS, OUTCOMES
from channels.offered import offered
from service_hall.appointments.replies import spaced
from service_hall.conversation.archive import ArchivedTurn
from service_hall.conversation.noting import Flag, Note
from service_hall.conversation.reply import AppointmentReply, Reply, TicketReply
from service_hall.shared.ids import MessageId

_HIDDEN = "〔预约码〕"
COLUMNS = ("编号", "时间", "渠道", "地区", "群众说的", "答复", "怎样回应", "原因", "评价", "评语", "备注", "毫秒")


@dataclass(frozen=True)
class ToldTurn:
    message_id: MessageId
    at: datetime
    channel: str
    region: str
    said: str
    is_tapped: bool
    """A choice's payload, and no words."""
    label: str
    """What stood on the button, where a turn that is shown beside it tells."""
    answers: tuple[str, ...]
    outcome: str
    reason: str
    judged: str
    comment: str
    notes: tuple[Note, ...]
    took_ms: int

    def row(self) -> list[object]:
        """As COLUMNS."""
        return [
            self.message_id,
            self.at.isoformat(timespec="seconds"),
            self.channel,
            self.region,
            self.said,
            "\n".join(self.answers),
            self.outcome,
            self.reason,
            self.judged,
            self.comment,
            "\n".join(_line_of(note) for note in self.notes),
            self.took_ms,
        ]


def told_all(turns: Sequence[ArchivedTurn], names: Mapping[str, str]) -> list[ToldTurn]:
    """`names`: of regions, by code."""
    labels = dict(each for turn in turns for reply in turn.replies for each in offered(reply))
    return [_told(turn, names, labels) for turn in turns]


def _told(turn: ArchivedTurn, names: Mapping[str, str], labels: Mapping[str, str]) -> ToldTurn:
    return ToldTurn(
        message_id=turn.message_id,
        at=turn.at,
        channel=CHANNELS[turn.door.value],
        region=names.get(turn.region, turn.region),
        said=turn.said,
        is_tapped=turn.said.startswith("/"),
        label=labels.get(turn.said, ""),
        answers=tuple(_words_of(reply) for reply in turn.replies),
        outcome=OUTCOMES[turn.outcome.value],
        reason=turn.reason,
        judged={True: "有用", False: "没用", None: ""}[turn.useful],
        comment=turn.comment,
        notes=turn.notes,
        took_ms=turn.took_ms,
    )


def _line_of(note: Note) -> str:
    flag = "" if note.flag is Flag.NONE else f"【{FLAGS[note.flag.value]}】"
    return f"{flag}{note.text}（{note.by}，{note.at:%Y-%m-%d %H:%M}）"


def _words_of(reply: Reply) -> str:
    """Without the code: it is the citizen's key to the visit, and no matter of a reader's."""
    if isinstance(reply, AppointmentReply | TicketReply) and reply.code:
        return reply.text.replace(spaced(reply.code), _HIDDEN).replace(reply.code, _HIDDEN)
    return reply.text
