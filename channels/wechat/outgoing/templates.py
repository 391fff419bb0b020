"""Which template of the account tells which kind of notice: the account's own, so a file of the operator's."""

from __future__ import annotations

import string
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, field_validator

from channels.wechat.outgoing.fields import fitted
from service_hall.conversation.reply import NoticeReply
from service_hall.shared.clock import SHANGHAI
from service_hall.visits.notices import NoticeKind

PLACES = frozenset({"item", "office", "when", "ticket", "counter", "text"})
"""What a field may hold: `{item}`."""
Kind: TypeAlias = NoticeKind | Literal["answer_found"]
"""Of what may be told; the last one: an answer that somebody waits for (`service_hall.reminders.awaiting`)."""
NO_TIME = "以大厅通知为准"


class Template(BaseModel):
    """`subscription`: sent to whoever agreed, `lasting` where one agreement holds. `template`: the older kind, to every
    follower, where the account may still send it. `fields`: by their names at WeChat."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    subscription: str = ""
    lasting: bool = False
    template: str = ""
    fields: Annotated[Mapping[str, str], Field(min_length=1)]

    @field_validator("fields")
    @classmethod
    def _places_are_known(cls, fields: Mapping[str, str]) -> Mapping[str, str]:
        for name, written in fields.items():
            named = {place for _, place, _, _ in string.Formatter().parse(written) if place is not None}
            if unknown := named - PLACES:
                raise ValueError(
                    f"{name}: there is no {', '.join(sorted(unknown))}; there are {', '.join(sorted(PLACES))}"
                )
        return fields

    def filled(self, notice: NoticeReply) -> dict[str, str]:
        about = notice.about
        starts_at = about.starts_at.astimezone(SHANGHAI) if about and about.starts_at else None
        told = {
            "item": about.guide_name if about else "",
            "office": about.office_name if about else "",
            "when": f"{starts_at:%Y年%m月%d日 %H:%M}" if starts_at else NO_TIME,
            "ticket": about.ticket if about else "",
            "counter": about.counter if about else "",
            "text": notice.text,
        }
        return {name: fitted(name, written.format_map(told)) for name, written in self.fields.items()}


class Templates:
    def __init__(self, of: Mapping[Kind, Template] | Mapping[NoticeKind, Template] | None = None) -> None:
        self._of: dict[str, Template] = {str(kind): each for kind, each in (of or {}).items()}

    def for_kind(self, kind: str) -> Template | None:
        return self._of.get(kind)

    @cached_property
    def lasting(self) -> frozenset[str]:
        return frozenset(each.subscription for each in self._of.values() if each.subscription and each.lasting)


_adapter: TypeAdapter[dict[Kind, Template]] = TypeAdapter(dict[Kind, Template])


def load_templates(path: Path | None) -> Templates:
    """None: the account has none. Raises OSError, ValueError."""
    if path is None:
        return Templates()
    try:
        written = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as fault:
        raise ValueError(f"{path}: {fault}") from None
    return Templates(_adapter.validate_python(written or {}))
