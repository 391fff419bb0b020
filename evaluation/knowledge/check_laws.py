"""Hold every article of `content/sources/` against collections of statute texts: `python -m
evaluation.knowledge.check_laws laws.jsonl.gz rules.jsonl.gz`, or with the collections in WENBAN_STATUTES.

Articles that were read elsewhere are left out: no collection has them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from evaluation.knowledge.statutes import Statutes, open_statutes
from knowledge_base.content_files import load_content
from knowledge_base.language.tokenize import plain
from knowledge_base.sources import Hold, LegalText, article_label
from service_hall.shared.clock import shanghai_now


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("files", type=Path, nargs="*")
    statutes = open_statutes(options.parse_args().files)
    content, today = load_content(), shanghai_now().date()
    faults = [str(fault) for fault in content.faults]  # a source that cannot be read cannot be checked
    for source in content.sources.values():
        faults += [f"{source.id}: {fault}" for fault in faults_of(source, statutes, today)]
    doubts = [doubt for source in content.sources.values() for doubt in doubts_of(source, statutes)]
    held = sum(len(list(_held(source))) for source in content.sources.values())
    print(*faults, *doubts, f"{held} articles of {len(content.sources)} sources, {len(faults)} faults", sep="\n")
    return 1 if faults else 0


def faults_of(source: LegalText, statutes: Statutes, today: date) -> Iterator[str]:
    """What differs from the version that the source names, in words and not in points, and whether a newer one has
    taken its place."""
    numbers = list(_held(source))
    if not numbers:
        return
    of_its_day = statutes.everywhere(source.title, source.version or today)
    if not of_its_day or (source.version and of_its_day[0].version != source.version):
        version = f" in the version of {source.version}" if source.version else ""
        yield f"no collection has {source.title}{version}"
        return
    texts = {(passage.number, plain(passage.text)) for passage in of_its_day}
    for number in numbers:
        if not any(number == each for each, _ in texts):
            yield f"{source.title} has no {article_label(number)}"
        elif (number, plain(source.articles[number].text)) not in texts:
            yield f"{article_label(number)} reads otherwise in {source.title}"
    newest = statutes.law(source.title, today)[0].version
    if newest != of_its_day[0].version and source.in_force_until is None:
        yield f"{source.title} was amended on {newest}: take the new version, or say until when this one is in force"


def doubts_of(source: LegalText, statutes: Statutes) -> Iterator[str]:
    """For a person to settle: registers err, too."""
    if source.in_force_until is None and statutes.is_repealed(source.title):
        yield f"{source.id}: a register calls {source.title} repealed: has it an end?"


def _held(source: LegalText) -> Iterator[str]:
    return (number for number, article in source.articles.items() if article.hold is Hold.STATUTE)


if __name__ == "__main__":
    sys.exit(main())
