"""Which dialogues went as they should: `python -m evaluation.dialogue.score`. Nothing is asked again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.dialogue.generate import Played, load_played
from evaluation.dialogue.script import Dialogue, Expectation, load_dialogues
from evaluation.visitor import Said


@dataclass(frozen=True)
class Miss:
    """A turn that did not go as it should."""

    turn: int
    """From 1."""
    said: str
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.turn}. {self.said}: {'; '.join(self.reasons)}"


@dataclass(frozen=True)
class Judged:
    id: str
    title: str
    turns: int
    misses: tuple[Miss, ...]

    @property
    def passed(self) -> bool:
        return not self.misses


def score(dialogues: Sequence[Dialogue], played: Sequence[Played]) -> list[Judged]:
    """A dialogue that was not played has missed all its turns."""
    heard = {each.id: each.said for each in played}
    return [_judge(dialogue, heard.get(dialogue.id, ())) for dialogue in dialogues]


def reasons_against(said: Said | None, expect: Expectation) -> Iterator[str]:
    if said is None:
        yield "no such option"
        return
    if said.outcome == "degraded":
        yield "degraded: Rasa did not answer"
    if expect.outcome and said.outcome not in expect.outcome:
        yield f"outcome {said.outcome}, not {'/'.join(expect.outcome)}{_instead(said)}"
    answer = said.answer
    if answer is None:
        # Where the outcome is wrong already, a missing answer is no news.
        if (expect.guide_ids or expect.aspects) and (not expect.outcome or said.outcome in expect.outcome):
            yield "no guide answers"
    else:
        if expect.guide_ids and answer["guide_id"] not in expect.guide_ids:
            yield f"guide {answer['guide_id']}, not {'/'.join(expect.guide_ids)}"
        if expect.aspects and answer["aspect"] not in expect.aspects:
            yield f"aspect {answer['aspect']}, not {'/'.join(expect.aspects)}"
        if expect.region and answer["region"] != expect.region:
            yield f"region {answer['region']}, not {expect.region}"
    yield from (f"does not say {text}" for text in expect.text_has if text not in said.text)
    yield from (f"says {text}" for text in expect.text_has_not if text in said.text)
    shown = {str(reply.get("type")) for reply in said.replies}
    yield from (f"shows no {kind}" for kind in expect.types if kind not in shown)
    if expect.node and said.node != expect.node:
        yield f"asks {said.node or 'nothing'}, not {expect.node}"
    if expect.starts_at and not said.starts_at.startswith(expect.starts_at):
        yield f"at {said.starts_at or 'no time'}, not {expect.starts_at}"
    if expect.status and (said.appointment or {}).get("status") != expect.status:
        yield f"appointment {(said.appointment or {}).get('status')}, not {expect.status}"
    if missing := [guide_id for guide_id in expect.offers if guide_id not in said.offered]:
        yield f"does not offer {', '.join(missing)}"


def main() -> None:
    judged = score(load_dialogues(), load_played())
    for each in judged:
        if not each.passed:
            print(f"{each.id} {each.title}")
            for miss in each.misses:
                print(f"  {miss}")
    passed, turns = sum(each.passed for each in judged), sum(each.turns for each in judged)
    missed = sum(len(each.misses) for each in judged)
    print(f"\n{passed} of {len(judged)} dialogues passed, {turns - missed} of {turns} turns")


def _judge(dialogue: Dialogue, heard: Sequence[Said | None]) -> Judged:
    misses = []
    for at, turn in enumerate(dialogue.turns):
        found = reasons_against(heard[at], turn.expect) if at < len(heard) else iter(("not played",))
        if reasons := tuple(found):
            misses.append(Miss(at + 1, turn.said, reasons))
    return Judged(dialogue.id, dialogue.title, len(dialogue.turns), tuple(misses))


def _instead(said: Said) -> str:
    if said.answer:
        return f" ({said.answer['guide_id']} {said.answer['aspect']})"
    return f" (offers {', '.join(said.offered)})" if said.offered else ""


if __name__ == "__main__":
    main()
