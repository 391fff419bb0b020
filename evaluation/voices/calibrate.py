"""Fits what a slip costs: `python -m evaluation.voices.calibrate --letters citizen_messages.jsonl.gz`.

Slips are made by machine in the development questions. Each kind gets the lowest price at which none of the questions
is changed as it is right, and one in a thousand sentences of citizens' letters, which are full of names and have slips
of their own. The letters are read and not kept.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from evaluation.library import open_library
from evaluation.voices.sentences import right_sentences
from evaluation.voices.spoiling import Spoiled, Spoiler
from knowledge_base.language.confusions import Slip
from knowledge_base.language.spelling import PRICES, Prices, Spelling
from knowledge_base.search.spelled_words import spelling_of

_LETTERS, _SPOILED = 3000, 250
"""Sentences of letters; of each kind of slip."""
_CHANGED_AT_MOST = 0.001
_NEVER = 99.0
_PRICES = (3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 12.0, 14.0, 16.0)
_OF_SHORT = (0.0, 2.0, 4.0)
_OF_LETTER = 4.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--letters", type=Path, required=True)
    letters = sentences_of_letters(options.parse_args().letters)[:_LETTERS]
    library = open_library()
    spelling = spelling_of(library.index, library.plainly, _prices({}, 0.0))
    spoiler, questions = Spoiler(library), [library.plainly(text) for text in right_sentences()]
    spoiled = {slip: [*spoiler.spoiled(questions, slip)][:_SPOILED] for slip in Slip}
    found: dict[str, float] = {}
    of_short = max(_OF_SHORT, key=lambda each: _best(spelling, spoiled, questions, letters, Slip.SAME_SOUND, each)[1])
    for slip in Slip:
        found[slip.value], share = _best(spelling, spoiled, questions, letters, slip, of_short)
        print(f"{slip}: {found[slip.value]:g}, put right {100 * share:.0f} % of {len(spoiled[slip])}", flush=True)
    # What sounds the same is likelier to be meant than what sounds nearly so.
    found[Slip.NEAR_SOUND] = max(found[Slip.NEAR_SOUND], found[Slip.SAME_SOUND] + 1)
    figures = {**found, "of_letter": _OF_LETTER, "of_short": of_short}
    PRICES.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def sentences_of_letters(path: Path) -> list[str]:
    """Of 6 to 60 letters, in an order of chance that is always the same."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    parts = (text for row in rows for text in (row["title"], *re.split("[。！？!?]", row["text"])))
    found = [text for text in parts if 6 <= len(text) <= 60]
    random.Random(1).shuffle(found)
    return found


def _best(
    spelling: Spelling,
    spoiled: Mapping[Slip, Sequence[Spoiled]],
    questions: Sequence[str],
    letters: Sequence[str],
    slip: Slip,
    of_short: float,
) -> tuple[float, float]:
    """The price, and the share of the slips that are put right at it."""
    for price in _PRICES:
        priced = spelling.priced(_prices({slip: price}, of_short))
        if _changed(priced, questions) or _changed(priced, letters) > _CHANGED_AT_MOST * len(letters):
            continue
        return price, sum(priced(each.said) == each.right for each in spoiled[slip]) / max(1, len(spoiled[slip]))
    return _NEVER, 0.0


def _changed(spelling: Spelling, sentences: Sequence[str]) -> int:
    return sum(bool(spelling.read(each).put_right) for each in sentences)


def _prices(of_slip: Mapping[Slip, float], of_short: float) -> Prices:
    return Prices({slip: of_slip.get(slip, _NEVER) for slip in Slip}, _OF_LETTER, of_short)


if __name__ == "__main__":
    main()
