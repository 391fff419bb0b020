"""What can be done about a notice, on WeChat: told as numbered lines, and taken by the number or the words, as long as
nothing else was said since."""

from __future__ import annotations

import unicodedata

from service_hall.conversation.reply import Choice, NoticeReply
from service_hall.reminders.rendering import LABELS

_HINT = "回复序号："
_STOPS = " 。.、，,！!"


def with_options(notice: NoticeReply) -> str:
    if not notice.options:
        return notice.text
    lines = (f"{number}. {option.label}" for number, option in enumerate(notice.options, start=1))
    return "\n".join((notice.text, _HINT, *lines))


def chosen(said: str, notice: NoticeReply) -> Choice | None:
    """None: she means something else."""
    bare = _bare(said)
    by_number = {str(number): option for number, option in enumerate(notice.options, start=1)}
    by_words = {_bare(option.label): option for option in notice.options}
    return by_number.get(bare) or by_words.get(bare)


def may_choose(said: str) -> bool:
    """Before it is asked what was said last."""
    bare = _bare(said)
    return bare in _LABELS or (len(bare) == 1 and bare.isdigit())


def _bare(said: str) -> str:
    return unicodedata.normalize("NFKC", said).strip(_STOPS)


_LABELS = frozenset(map(_bare, LABELS))
