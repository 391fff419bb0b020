"""Rasa's rules, written from the table of rooms: `python -m server.bot_rules`; `--check`: are they up to date?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from knowledge_base.model import Aspect
from server.settings import ROOT
from service_hall.conversation.acts import Act
from service_hall.conversation.rooms import WALKS, Room, room_of

RULES = ROOT / "bot" / "rules" / "rules.yml"
NOTE = "Written by `make bot-rules` from service_hall/conversation/rooms.py: do not edit."
NOT_UNDERSTOOD = "nlu_fallback"


def rules() -> str:
    """One intent, one room; another one where a walk is open that has asked."""
    lines = ['version: "3.1"', "", f"# {NOTE}", "rules:"]
    for intent, act in _intents():
        usual = room_of(act)
        lines += _rule(intent, usual)
        for walk in sorted(WALKS):
            if (room := room_of(act, walk)) is not usual:
                lines += _rule(intent, room, walk)
    return "\n".join(lines) + "\n"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--check", action="store_true")
    written = rules()
    if not options.parse_args().check:
        RULES.write_text(written, "utf-8")
    elif RULES.read_text("utf-8") != written:
        print(f"out of date: {RULES.name}; write it with `make bot-rules`", file=sys.stderr)
        return 1
    return 0


def _intents() -> Iterator[tuple[str, Act]]:
    yield from ((f"ask_{aspect}", Act.ASK) for aspect in Aspect)
    yield NOT_UNDERSTOOD, Act.ASK
    yield from ((act.value, act) for act in Act if act is not Act.ASK)


def _rule(intent: str, room: Room, walk: str | None = None) -> list[str]:
    name = intent.replace("_", " ")
    steps = f"    steps: [{{intent: {intent}}}, {{action: action_{room}}}]"
    if walk is None:
        return [f"  - rule: {name}", steps]
    condition = f"    condition: [{{slot_was_set: [{{walk: {walk}}}]}}]"
    return [f"  - rule: {name}, with the walk {walk} open", condition, steps]


if __name__ == "__main__":
    sys.exit(main())
