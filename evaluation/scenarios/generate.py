"""Tell a running service of situations, ask it ordinary questions, and play the talks: what came back is written down.
How answers are read is measured beside it, without a service.

`python -m evaluation.scenarios.generate --address http://127.0.0.1:8000 --clock FILE`
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from evaluation.dialogue.script import NOW
from evaluation.library import open_library
from evaluation.results import RESULTS, write_json
from evaluation.scenarios.answers import read_all
from evaluation.scenarios.leading import is_begun, is_pulled, scenario_led_to
from evaluation.scenarios.situations import Situation, load_ordinary, load_situations
from evaluation.scenarios.talks import load_talks, play, steps_over
from evaluation.visitor import Said, Visitor, open_door

RESULT = RESULTS / "scenarios.json"


def generate(address: str, clock: Path | None = None) -> Path:
    """The file that was written. `clock`: of the service; None: it goes by the real time, and days may differ."""
    if clock:
        clock.write_text(NOW, "ascii")
    with open_door(address) as http:
        situations = [_led(each, Visitor(http).say(each.text)) for each in load_situations("test")]
        ordinary = []
        for text in load_ordinary():
            said = Visitor(http).say(text)
            ordinary.append({"text": text, "is_pulled": is_pulled(said), "offered": scenario_led_to(said)})
        steps = steps_over(http, NOW[:10])
        talks = [play(talk, Visitor(http), steps).as_row for talk in load_talks()]
    answers = read_all(open_library())
    write_json(RESULT, {"situations": situations, "ordinary": ordinary, "talks": talks, "answers": answers})
    return RESULT


def _led(told: Situation, said: Said) -> dict[str, Any]:
    return {"id": told.id, "scenario": told.scenario, "led_to": scenario_led_to(said), "is_begun": is_begun(said)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--address", required=True, help="of a running service")
    options.add_argument("--clock", type=Path, help="the file from which the service reads the moment")
    chosen = options.parse_args()
    print(generate(chosen.address, chosen.clock))


if __name__ == "__main__":
    main()
