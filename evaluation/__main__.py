"""Everything: `python -m evaluation` starts Rasa and the service, asks, scores and reports.

The exit code is 1 if a bar is missed. `--all` also compares the intent classifiers and benches the load (about twenty
minutes more); otherwise the report shows what those said when they last ran.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from evaluation.dialogue import generate as dialogues
from evaluation.dialogue import talks
from evaluation.dialogue.script import NOW
from evaluation.letters import generate as letters
from evaluation.letters.letters import LettersMissing
from evaluation.load import bench
from evaluation.nlu import compare
from evaluation.report import gather, printed, write_report
from evaluation.results import write_json
from evaluation.retrieval import generate as questions
from evaluation.scenarios import generate as life_events
from evaluation.stack import running_stack
from evaluation.statements import generate as facts
from evaluation.voices import score as voices
from evaluation.wechat_visitor import ACCOUNT
from evaluation.wrongs import generate as wrongs


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--split", choices=["dev", "test"], default="test")
    options.add_argument("--all", action="store_true", help="classifiers and load as well")
    options.add_argument("--letters", type=Path, help="the file of citizens' letters that the labelled ones are from")
    chosen = options.parse_args()
    if chosen.letters:
        _read_letters(chosen.letters)
    with tempfile.TemporaryDirectory(prefix="wenban-clock-") as folder:
        clock = Path(folder) / "now"
        clock.write_text(NOW, "ascii")
        with running_stack(test_clock=clock) as stack:
            questions.generate(chosen.split, stack.url)
            facts.generate(chosen.split, stack.url)
            dialogues.generate(stack.url, clock)
            talks.generate(chosen.split, stack.url)
            life_events.generate(stack.url, clock)
        clock.write_text(NOW, "ascii")
        # With no booking yet: the same persons want the same places.
        with running_stack(test_clock=clock, **ACCOUNT) as stack:
            dialogues.generate_over_wechat(stack, clock)
    voices.score()
    wrongs.generate()
    if chosen.all:
        compare.compare()
        write_json(bench.RESULT, bench.bench(seconds=8, blocks=5))
    results = gather(chosen.split)
    print(printed(results))
    print(f"\nThe whole report: {write_report(results)}")
    return 0 if all(bar.is_met for bar in results.bars) else 1


def _read_letters(path: Path) -> None:
    """All else is measured without them."""
    try:
        letters.generate(path)
    except LettersMissing as fault:
        print(f"The letters are passed over: {fault}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
