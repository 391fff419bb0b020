"""Play the dialogues against a running service and write down what it said.

`python -m evaluation.dialogue.generate --address http://127.0.0.1:8000 --clock FILE`

The service reads the moment from FILE (WENBAN_TEST_CLOCK), which is written before each dialogue.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import httpx

from evaluation.dialogue.script import Dialogue, load_dialogues
from evaluation.results import RESULTS, read_lines, write_lines
from evaluation.visitor import Said, Visitor, open_door

RESULTS_PATH = RESULTS / "dialogues.jsonl"


@dataclass(frozen=True)
class Played:
    id: str
    said: tuple[Said | None, ...]
    """One for each turn; None where there was no such option to choose."""


def generate(address: str, clock: Path | None = None, *dialogues: Path) -> Path:
    """The file that was written. `clock`: of the service; None: it goes by the real time."""
    played = []
    with open_door(address) as http:
        for dialogue in load_dialogues(*dialogues):
            if clock:
                clock.write_text(dialogue.now, "ascii")
            played.append(play(dialogue, http))
    write_lines(
        RESULTS_PATH,
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
    return RESULTS_PATH


def play(dialogue: Dialogue, http: httpx.Client) -> Played:
    visitor = Visitor(http)
    heard: list[Said | None] = []
    for turn in dialogue.turns:
        if turn.user:
            heard.append(visitor.say(turn.user, turn.region))
            continue
        # The options last shown, even if something was said in between: they still stand in the citizen's window.
        options = next((said.options for said in reversed(heard) if said and said.options), ())
        there_is = 1 <= turn.choose <= len(options)
        heard.append(visitor.choose(options[turn.choose - 1]["payload"], turn.region) if there_is else None)
    return Played(dialogue.id, tuple(heard))


def load_played() -> list[Played]:
    return [
        Played(
            row["id"],
            tuple(said and Said(said["outcome"], tuple(said["replies"]), said["took_ms"]) for said in row["said"]),
        )
        for row in read_lines(RESULTS_PATH)
    ]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--address", required=True, help="of a running service")
    options.add_argument("--clock", type=Path, help="the file from which the service reads the moment")
    chosen = options.parse_args()
    print(generate(chosen.address, chosen.clock))


if __name__ == "__main__":
    main()
