"""What a door hands in."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import accumulate

from knowledge_base.model import Aspect, RegionCode
from service_hall.hearing.who.masking import mask_personal_numbers
from service_hall.shared.ids import MessageId, VisitorId, new_message_id, read_code
from service_hall.shared.origin import NOWHERE, Origin

_MOST_READ = 1200
"""Characters as they are read. A door lets in a thousand as they are written, and some of those (…, ½) are read as
more."""
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
    r"|(?<![^\x00-\x7f])\u200d+|(?<!\u200d)\u200d+(?![^\x00-\x7f])"  # the joiner of 👨‍👩‍👧 stays between emoji
)
_COMMAND = re.compile(
    r"/(book|cancel|reschedule|my_appointments|check_in|queue_state|give_details|theme|turn_down|scenario|checklist|await)(\{.{1,150}\})?",
    re.ASCII,
)
THEME = "theme"
"""Of a command: lists the services of a theme, that of its `guide_id`."""
TURN_DOWN = "turn_down"
"""Of a command: the only thing that was offered is not what is meant."""
SCENARIO = "scenario"
"""Of a command: begins the scenario `guide_id`."""
CHECKLIST = "checklist"
"""Of a command: what `value` says is done with the list `code`."""
AWAIT = "await"
"""Of a command: wants to be told once there is an answer to what was not found."""
_VALUE = re.compile(r"[A-Za-z0-9_:+.\-]{1,80}")
_FIELDS = frozenset({"guide_id", "office_id", "code", "node", "value"})
_SOLUTION = re.compile(r"\d{1,9}\.[0-9a-f]{32}")
"""Of a puzzle: found by trying, and now and then it looks like somebody's number."""
_PAYLOAD = re.compile(r"/(ask_([a-z_]+)|ask_human)(\{.{1,120}\})?", re.ASCII)


class Door(StrEnum):
    """Where something was said."""

    WEB = "web"
    WECHAT = "wechat"


@dataclass(frozen=True)
class CitizenMessage:
    """`text` as the citizen wrote it, or `payload` of a choice; never both."""

    visitor_id: VisitorId
    received_at: datetime
    text: str = ""
    payload: str = ""
    region: RegionCode | None = None
    location: tuple[float, float] | None = None
    """Latitude and longitude, if the citizen sent them along."""
    origin: Origin = NOWHERE
    door: Door = Door.WEB
    key: str = ""
    """The door's own for this message, the same each time it is handed in; empty where the door has none."""
    speaker: str = ""
    """By which the door itself knows who speaks, for good. Empty: by the visitor alone."""
    told: str = ""
    """What the door says to it by itself, such as that it cannot look at pictures: nobody else is asked."""
    message_id: MessageId = field(default_factory=new_message_id)
    """Made when it arrives: whatever becomes of it is told by this."""


@dataclass(frozen=True)
class Chosen:
    """A payload taken apart: the guide and aspect that a choice stood for."""

    aspect: Aspect
    guide_id: str

    @property
    def payload(self) -> str:
        """Rasa's own form of an intent with its entities."""
        return _written(f"ask_{self.aspect}", {"guide_id": self.guide_id})


@dataclass(frozen=True)
class Command:
    """A payload of a flow: what was tapped. `fields`: guide_id, office_id, code, node, value; each optional."""

    intent: str
    fields: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Empty where the payload does not have it."""
        return self.fields.get(name, "")

    @property
    def payload(self) -> str:
        return _written(self.intent, self.fields)


def command_payload(intent: str, **fields: str) -> str:
    """Raises ValueError for what `read_command` would not take back."""
    payload = Command(intent, fields).payload
    if read_command(payload) is None:
        raise ValueError(f"no payload: {payload}")
    return payload


def read_command(payload: str) -> Command | None:
    """None for whatever is no command of ours. Keys that it does not know fall away."""
    found = _COMMAND.fullmatch(payload)
    if not found:
        return None
    try:
        fields = json.loads(found[2]) if found[2] else {}
    except ValueError:
        return None
    if not isinstance(fields, dict):
        return None
    known = {name: value for name, value in fields.items() if name in _FIELDS}
    if not all(isinstance(value, str) and _VALUE.fullmatch(value) for value in known.values()):
        return None
    return Command(found[1], known)


def own_payload(payload: str, items: Container[str], offices: Container[str]) -> str:
    """As the hall itself would have written it, with nothing beside what it knows; '' for none of its own. One that
    tells somebody's number is none, nor is one of an item or office that the hall does not have: it could say
    anything."""
    read = read_payload(payload) or read_command(payload)
    if read is None:
        return ""
    named = {"guide_id": read.guide_id} if isinstance(read, Chosen) else read.fields
    for name, known in (("guide_id", items), ("office_id", offices)):
        if named.get(name) and named[name] not in known:
            return ""
    values = (
        [read.guide_id]
        if isinstance(read, Chosen)
        else [each for each in read.fields.values() if not read_code(each) and not _SOLUTION.fullmatch(each)]
    )
    return "" if any(mask_personal_numbers(value) != value for value in values) else read.payload


def legible(text: str) -> str:
    """Without what nobody sees or types: control characters and halves of characters, which no database keeps, and
    marks of no width, which would hide a number from masking. And without an end of which there is more than it seems:
    ㍿ is read as 株式会社, ﷺ as eighteen letters, and a message of them as many times as long as any other."""
    seen = without_unseen(text)
    if len(unicodedata.normalize("NFKC", seen)) <= _MOST_READ:
        return seen
    read = accumulate(len(unicodedata.normalize("NFKC", letter)) for letter in seen)
    return "".join(letter for letter, so_far in zip(seen, read, strict=True) if so_far <= _MOST_READ)


def without_unseen(text: str) -> str:
    """As `legible`, however long it is."""
    return _UNSEEN.sub("", text)


def read_payload(payload: str) -> Chosen | None:
    """None for whatever is no payload of ours: a citizen must not speak Rasa's commands."""
    found = _PAYLOAD.fullmatch(payload)
    if not found or not found[3] or found[2] not in set(Aspect):
        return None
    try:
        guide_id = json.loads(found[3])["guide_id"]
    except (ValueError, KeyError, TypeError):
        return None
    if not isinstance(guide_id, str) or not re.fullmatch(r"[a-z0-9-]{1,64}", guide_id):
        return None
    return Chosen(Aspect(found[2]), guide_id)


def _written(intent: str, fields: Mapping[str, str]) -> str:
    return f"/{intent}{json.dumps(dict(fields), separators=(',', ':'))}" if fields else f"/{intent}"
