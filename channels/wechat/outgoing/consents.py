"""Who agreed to which subscription message. WeChat tells it in events; without consent none is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from channels.wechat.api.parts import OpenId

LASTING = -1
"""In place of a number of times: for templates of public services one agreement holds until it is taken back."""


class Consents(Protocol):
    """One suite tests every implementation (tests/contract)."""

    def given(self, openid: OpenId, template_id: str, times: int, at: datetime) -> None:
        """`times`: so many more messages, or LASTING."""
        ...

    def withdrawn(self, openid: OpenId, template_id: str) -> None: ...

    def use(self, openid: OpenId, template_id: str) -> bool:
        """One message of what she agreed to; False: there is none left."""
        ...

    def give_back(self, openid: OpenId, template_id: str) -> None:
        """It was not sent."""
        ...


@dataclass(frozen=True)
class Said:
    template_id: str
    agrees: bool


_LISTS = {
    "subscribe_msg_popup_event": "SubscribeMsgPopupEvent",
    "subscribe_msg_change_event": "SubscribeMsgChangeEvent",
}
EVENTS = frozenset(_LISTS)
"""In small letters: what she chose when she was asked, and what she changed in her settings."""


def hear(consents: Consents, openid: OpenId, event: Mapping[str, Any], lasting: frozenset[str], at: datetime) -> None:
    """`event`: as parsed from XML, with lists or single entries. `lasting`: templates to which one agreement holds."""
    for said in _said(event):
        if said.agrees:
            consents.given(openid, said.template_id, LASTING if said.template_id in lasting else 1, at)
        else:
            consents.withdrawn(openid, said.template_id)


def _said(event: Mapping[str, Any]) -> Iterator[Said]:
    """What is not in form is no consent, and no reason to fail."""
    kept = event.get(_LISTS.get(str(event.get("Event", "")).lower(), ""))
    found = kept.get("List") if isinstance(kept, Mapping) else None
    for entry in found if isinstance(found, list) else [found]:
        if not isinstance(entry, Mapping):
            continue
        template_id, status = entry.get("TemplateId"), entry.get("SubscribeStatusString")
        if isinstance(template_id, str) and status in ("accept", "reject"):
            yield Said(template_id, status == "accept")
