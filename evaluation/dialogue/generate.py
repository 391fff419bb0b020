"""Play the dialogues against a running service and write down what it said.

`python -m evaluation.dialogue.generate --address http://127.0.0.1:8000 --clock FILE`

The service reads the moment from FILE (WENBAN_TEST_CLOCK), which is written before each dialogue.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from evaluation.dialogue.script import FILES, Dialogue, load_dialogues
from evaluation.results import RESULTS, read_lines, write_lines
from evaluation.stack import Stack
from evaluation.visitor import Said, Talker, Visitor, open_door
from evaluation.wechat_visitor import WeChatVisitor, last_turns_of

RESULTS_PATH = RESULTS / "dialogues.jsonl"
WECHAT_PATH = RESULTS / "dialogues_wechat.jsonl"
BOOKINGS = tuple(path for path in FILES if path.name.startswith("bookings"))
"""These are played over WeChat too."""


@dataclass(frozen=True)
class Played:
    id: str
    said: tuple[Said | None, ...]
    """One for each turn; None where there was no such option to choose."""


def generate(address: str, clock: Path | None = None, *dialogues: Path) -> Path:
    """The file that was written. `clock`: of the service; None: it goes by the real time."""
    with open_door(address) as http:
        return _write(RESULTS_PATH, play_all(load_dialogues(*dialogues), lambda: Visitor(http), clock))


def generate_over_wechat(stack: Stack, clock: Path) -> Path:
    """`stack`: with the official account of the evaluation."""
    last_turn = last_turns_of(stack)
    with open_door(stack.url) as http:
        return _write(WECHAT_PATH, play_all(load_dialogues(*BOOKINGS), lambda: WeChatVisitor(http, last_turn), clock))


def play_all(dialogues: Iterable[Dialogue], meet: Callable[[], Talker], clock: Path | None) -> list[Played]:
    """`meet`: somebody new for each."""
    played = []
    for dialogue in dialogues:
        if clock:
            clock.write_text(dialogue.now, "ascii")
        played.append(play(dialogue, meet()))
    return played


def _write(path: Path, played: Iterable[Played]) -> Path:
    write_lines(
        path,
        (
            {
                "id": each.id,
                "said": [
                    said and {"outcome": said.outcome, "replies": said.replies, "took_ms": round(said.took_ms, 2)}
                    for said in each.said
                ],
            }
            for each in played
        ),
    )
    return path


def play(dialogue: Dialogue, visitor: Talker) -> Played:
    heard: list[Said | None] = []
    for turn in dialogue.turns:
        if turn.user:
            heard.append(visitor.say(turn.user, turn.region))
            continue
        # The options last shown, even if something was said in between: they still stand in the citizen's window.
        options = next((said.options for said in reversed(heard) if said and said.options), ())
        there_is = 1 <= turn.choose <= len(options)
        heard.append(visitor.choose(options[turn.choose - 1], turn.choose, turn.region) if there_is else None)
    return Played(dialogue.id, tuple(heard))


def load_played(path: Path = RESULTS_PATH) -> list[Played]:
    return [
        Played(
            row["id"],
            tuple(said and Said(said["outcome"], tuple(said["replies"]), said["took_ms"]) for said in row["said"]),
        )
        for row in read_lines(path)
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--address", required=True, help="of a running service")
    options.add_argument("--clock", type=Path, help="the file from which the service reads the moment")
    chosen = options.parse_args()
    print(generate(chosen.address, chosen.clock))


if __name__ == "__main__":
    main()
