"""What each message or event becomes: words or a tap of the citizen's, something that the door answers by itself, or
nothing that anybody has to answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from channels.limits import MOST_CHARACTERS
from channels.wechat.protocol import Incoming
from channels.wechat.rendering import wording
from knowledge_base.offices import Office
from service_hall.conversation.message import command_payload
from service_hall.shared.ids import read_code

FOLLOW, UNFOLLOW = "subscribe", "unsubscribe"
GO_ON = frozenset({"继续", "接着", "接着说", "继续说", "还有呢"})
_CODE_OF_A_PLACE = re.compile(r"(?:office|counter)?[_:-]?(?P<office>[a-z0-9-]+?)(?:[_:](?P<counter>[0-9A-Za-z]{1,6}))?")
_FILES = frozenset({"file", "link", "video", "shortvideo", "miniprogrampage"})


@dataclass(frozen=True)
class Taken:
    """`text` and `payload` as in `CitizenMessage`; `menu_id`: what was tapped, before it is known what that is. `told`:
    what the door says to it. `greeting`: said above the answer."""

    text: str = ""
    payload: str = ""
    menu_id: str = ""
    told: str = ""
    greeting: str = ""
    location: tuple[float, float] | None = None

    @property
    def goes_on(self) -> bool:
        return self.text.strip().strip("。！!.") in GO_ON and not self.menu_id


def take(incoming: Incoming, offices: Sequence[Office]) -> Taken | None:
    """None: it is answered by nobody, such as where she is, reported by itself, or that she has left."""
    return _event(incoming, offices) if incoming.event else _message(incoming)


def _message(incoming: Incoming) -> Taken:
    match incoming.kind:
        case "text":
            return _words(incoming.text_of("Content"), incoming.text_of("bizmsgmenuid"))
        case "voice":
            # WeChat ends what it has heard in a full stop.
            heard = incoming.text_of("Recognition").strip().removesuffix("。")
            return _words(heard) if heard else _own("no_voice", "said_voice")
        case "location" if incoming.location:
            return Taken(text=wording.say("said_place"), location=incoming.location)
        case "location":
            return _own("no_place", "said_other")
        case "image":
            return _own("no_image", "said_image")
        case kind if kind in _FILES:
            return _own("no_file", "said_file")
    return _own("no_other", "said_other")


def _event(incoming: Incoming, offices: Sequence[Office]) -> Taken | None:
    match incoming.event:
        case "subscribe":
            at_place = _at_place(incoming.scene, offices)
            text = "" if at_place else wording.say("said_follow")
            return Taken(text=text, payload=at_place, greeting=wording.say("follow"))
        case "scan":
            at_place = _at_place(incoming.scene, offices)
            return Taken(payload=at_place) if at_place else _own("unknown_scene", "said_code")
        case "click":
            return _words(incoming.text_of("EventKey"))
        case "scancode_waitmsg":
            return _scanned(incoming.text_of("ScanCodeInfo", "ScanResult"), offices)
    # Menus that open a page, a camera or a map: what she then sends is a message of its own. Reports of sending.
    return None


def _words(text: str, menu_id: str = "") -> Taken:
    if not text.strip():
        return _own("nothing_said", "said_other")
    if len(text) > MOST_CHARACTERS:
        return Taken(text=text[:MOST_CHARACTERS], told=wording.say("too_long", most=MOST_CHARACTERS))
    return Taken(text=text, menu_id=menu_id)


def _own(told: str, said: str) -> Taken:
    return Taken(text=wording.say(said), told=wording.say(told))


def _at_place(scene: str, offices: Sequence[Office]) -> str:
    """Who scans the code of an office or a counter checks in there; empty for a code of something else."""
    found = _CODE_OF_A_PLACE.fullmatch(scene.lower())
    office = next((each for each in offices if found and each.id == found["office"]), None)
    return command_payload("check_in", office_id=office.id) if office else ""


def _scanned(result: str, offices: Sequence[Office]) -> Taken:
    if code := read_code(result):
        return Taken(payload=command_payload("check_in", code=code))
    at_place = _at_place(result.strip(), offices)
    return Taken(payload=at_place) if at_place else _own("unknown_scene", "said_code")
