"""Prints why a sentence would be answered as it is, over the knowledge that is published."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

from knowledge_base.language.learned import NotLearned
from knowledge_base.search.explaining import Candidate
from server.belongings import settle_in
from server.settings import Settings
from service_hall.explaining import Explained

MOST_FIGURES = 6
"""Of a candidate, those that say most."""


def print_explained(settings: Settings, sentence: str, as_json: bool) -> int:
    from server.bootstrap import open_house  # `run` starts processes of its own and needs none of it

    settle_in(settings.var)
    try:
        house = open_house(settings)
    except NotLearned as fault:
        print(fault, file=sys.stderr)
        return 1
    try:
        explained = house.hall.explain(sentence)
    finally:
        house.engine.dispose()
    if as_json:
        print(json.dumps(asdict(explained), ensure_ascii=False, indent=1))
    else:
        print(*lines_of(explained), sep="\n")
    return 0


def lines_of(explained: Explained) -> Iterator[str]:
    yield "Heard"
    yield from (f"  {step.what}: {step.text}" for step in explained.heard)
    yield f"  understood as {explained.act}; asks {', '.join(explained.aspects)}"
    weighed = explained.weighed
    yield f"Candidates, looked at {weighed.looked.removeprefix('at ')}"
    for number, candidate in enumerate(weighed.candidates, start=1):
        yield f"  {number}. {candidate.likelihood:.3f} {candidate.name} ({candidate.guide_id})"
        yield f"     nearest: {candidate.nearest_text}"
        yield f"     {_most_said(candidate)}"
    yield f"Decision: {weighed.decision} {', '.join(weighed.decided)}".rstrip()
    yield from (
        f"  {'met   ' if bar.is_met else 'missed'} {bar.value:.3f} of {bar.bar:.3f}: {bar.name}" for bar in weighed.bars
    )
    if explained.statements:
        yield "Statements of the guide"
    for told in explained.statements:
        yield f"  {told.likelihood:.3f} {told.statement_id}: {told.says}"
        yield f"        leads from {told.bar:.3f} on, is told beside from {told.bar_beside:.3f}"
    yield f"Rule: {explained.rule} → {explained.outcome}"
    yield f"  declined before: {', '.join(explained.declined) or 'none'}"
    yield "Reply"
    yield from (f"  {line}" for reply in explained.replies for line in reply.splitlines())


def _most_said(candidate: Candidate) -> str:
    told = sorted(candidate.figures, key=lambda each: -abs(each.speaks))[:MOST_FIGURES]
    figures = "; ".join(f"{each.name} {each.value:.2f}: {each.speaks:+.2f}" for each in told)
    return f"bias {candidate.bias:+.2f}; {figures}"
