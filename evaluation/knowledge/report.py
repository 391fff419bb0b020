"""How whole and how true the content is: `python -m evaluation.knowledge.report [guide-id …] [--on 2027-01-01]`.

Without names: all guides, by theme and by kind of fact. With names: each statement of those guides that wants mending.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from knowledge_base.content_files import Content, load_content
from knowledge_base.documents import asked_in, resolve_body
from knowledge_base.figures import missing
from knowledge_base.language.tokenize import plain
from knowledge_base.model import NATIONAL, Aspect, RegionCode, ServiceGuide
from knowledge_base.statements import Amount, Emphasis, Fact, Fee, Limit, Statement, Summary, Voice
from knowledge_base.support import State, Support, support_of
from service_hall.shared.clock import shanghai_now

FEWEST_STATEMENTS = 25
FEWEST_QUESTIONS = 40
FEWEST_WHERE_IT_MATTERS = 3
"""Questions of an exception, a threshold, an amount or what must be mentioned."""
FEWEST_VOICES = 9
SOON_DAYS = 60
MOST_WITHOUT_SUMMARY = 3
CITY = RegionCode("990100")
# These decide by a figure: never told without their text, or the answer says so.
_BY_FIGURE = (Fee, Amount, Limit)


@dataclass
class Findings:
    guide_id: str
    theme: str
    statements: int = 0
    questions: int = 0
    voices: Counter[Voice] = field(default_factory=Counter)
    states: Counter[State] = field(default_factory=Counter)
    by_kind: dict[str, Counter[State]] = field(default_factory=lambda: defaultdict(Counter))
    wants: list[str] = field(default_factory=list)
    ends_soon: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return self.statements >= FEWEST_STATEMENTS and self.questions >= FEWEST_QUESTIONS

    @property
    def held(self) -> float:
        """Share of the national statements that are verified or read."""
        known = sum(count for state, count in self.states.items() if state is not State.SAMPLE)
        return (self.states[State.VERIFIED] + self.states[State.READ]) / known if known else 0.0


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("guides", nargs="*")
    options.add_argument("--on", type=date.fromisoformat, default=shanghai_now().date())
    chosen = options.parse_args()
    content = load_content()
    for fault in content.faults:
        print(fault)
    findings = [
        look_at(content, guide_id, chosen.on)
        for guide_id in chosen.guides or content.documents
        if guide_id in content.documents
    ]
    shared = list(shared_questions(content, chosen.on))
    if chosen.guides:
        for found in findings:
            print(*_in_full(found), sep="\n")
        print(*(line for line in shared if any(name in line for name in chosen.guides)), sep="\n")
    else:
        print(*_table(findings, len(content.catalogue)), *shared, sep="\n")
    return 1 if content.faults else 0


def look_at(content: Content, guide_id: str, on: date) -> Findings:
    guide = national(content, guide_id, on)
    theme = guide.theme if guide else ""
    found = Findings(guide_id, theme)
    if guide is None:
        found.wants.append("not in force, or not whole")
        return found
    found.statements, found.questions = len(guide.statements), len(guide.questions)
    if found.statements < FEWEST_STATEMENTS:
        found.wants.append(f"{found.statements} statements of {FEWEST_STATEMENTS}")
    if found.questions < FEWEST_QUESTIONS:
        found.wants.append(f"{found.questions} questions of {FEWEST_QUESTIONS}")
    for statement in guide.statements:
        support = support_of(statement, content.sources, on)
        found.states[support.state] += 1
        found.by_kind[statement.kind][support.state] += 1
        found.voices.update(asked.voice for asked in statement.asked)
        found.wants += [f"{statement.id}: {want}" for want in _wants(statement, support)]
        if statement.effective_to and statement.effective_to <= on + timedelta(days=SOON_DAYS):
            found.ends_soon.append(f"{guide_id}/{statement.id} ends on {statement.effective_to}")
    found.wants += _aspects_wanting(content, guide, guide_id, on)
    found.wants += _overlay_wants(content, guide_id)
    if len(found.voices) < FEWEST_VOICES:
        lacking = [voice.value for voice in Voice if voice not in found.voices]
        found.wants.append(f"{len(found.voices)} voices of {FEWEST_VOICES}; none is {', '.join(lacking)}")
    return found


def _aspects_wanting(content: Content, guide: ServiceGuide, guide_id: str, on: date) -> Iterator[str]:
    city = resolve_body(content.documents[guide_id], content.regions, CITY, on) if CITY in content.regions else None
    told = {each for one in (ServiceGuide.model_validate(city) if city else guide).statements for each in one.about}
    exempt = {Aspect.OFFICE_HOURS, Aspect.LEGAL_BASIS, Aspect.AMOUNT}
    if lacking := [aspect.value for aspect in Aspect if aspect not in told | exempt]:
        yield f"nothing on {', '.join(lacking)}"
    for aspect in Aspect:
        about = guide.about(aspect)
        if len(about) > MOST_WITHOUT_SUMMARY and not any(isinstance(each, Summary) for each in about):
            yield f"{len(about)} statements on {aspect.value} and no summary of it"


def _overlay_wants(content: Content, guide_id: str) -> Iterator[str]:
    for document in content.documents[guide_id]:
        if document.region == NATIONAL:
            continue
        for each in (*document.body.get("add", ()), *document.body.get("replace", ())):
            if not each.get("asked"):
                yield f"{document.region} {each['id']}: no question"


def national(content: Content, guide_id: str, on: date) -> ServiceGuide | None:
    body = resolve_body(content.documents[guide_id], content.regions, NATIONAL, on)
    return ServiceGuide.model_validate(body) if body else None


def shared_questions(content: Content, on: date) -> Iterator[str]:
    """Questions that stand twice: which statement of which guide is meant? What a region removes, it may ask of a
    statement of its own."""
    asked: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for guide_id, documents in content.documents.items():
        for document in documents:
            if not document.is_in_force(on):
                continue
            instead_of = {f"{guide_id}/{each}" for each in document.body.get("remove", ())}
            for statement_id, question in asked_in(document.body):
                asked[plain(question)].setdefault(f"{guide_id}/{statement_id}", set()).update(instead_of)
    for question, places in asked.items():
        instead = set().union(*places.values())
        if len(left := sorted(place for place in places if place not in instead)) > 1:
            yield f"asked of {' and '.join(left)}: {question}"


def _wants(statement: Statement, support: Support) -> Iterator[str]:
    if support.missing:
        lacking = "、".join(sorted(map(str, support.missing)))
        yield f"{lacking} stands in none of {', '.join(statement.source)}: {statement.says}"
    if support.ended:
        yield f"no longer or not yet in force: {', '.join(support.ended)}"
    if support.state is State.UNVERIFIED and not support.missing and not support.ended:
        kind = "a figure held against no text" if isinstance(statement, _BY_FIGURE) else "held against no text"
        yield f"{kind}: {statement.says}"
    if figure := _left_unsaid(statement):
        yield f"{figure} does not stand in its own sentence: {statement.says}"
    fewest = FEWEST_WHERE_IT_MATTERS if _matters(statement) else 1
    if len(statement.asked) < fewest:
        yield f"{len(statement.asked)} questions of {fewest}"


def _left_unsaid(statement: Statement) -> str:
    """The figure of its fields, if the sentence names another or none. What is free may say so in words."""
    match statement:
        case Limit(value=value, unit=unit):
            figure = f"{value}{unit}"
        case Fee(amount=value, unit=unit) | Amount(value=value, unit=unit) if value and unit[:1] in ("", "元"):
            figure = f"{value:f}元"
        case _:
            return ""
    return figure if missing(figure, (statement.says,)) else ""


def _matters(statement: Fact) -> bool:
    return statement.emphasis in set(Emphasis) or isinstance(statement, Amount)


def _in_full(found: Findings) -> Iterator[str]:
    states = ", ".join(f"{state.value} {count}" for state, count in sorted(found.states.items()))
    voices = ", ".join(f"{voice.value} {count}" for voice, count in found.voices.most_common())
    yield f"{found.guide_id}: {found.statements} statements ({states}), {found.questions} questions ({voices})"
    yield from (f"  {want}" for want in found.wants)
    yield from (f"  {line}" for line in found.ends_soon)


def _table(findings: Iterable[Findings], items: int) -> Iterator[str]:
    all_found = list(findings)
    by_theme: Mapping[str, list[Findings]] = defaultdict(list)
    for found in all_found:
        by_theme[found.theme].append(found)
    for theme, group in sorted(by_theme.items()):
        yield _row(theme, group)
    yield _row("all", all_found)
    yield f"whole: {sum(found.is_whole for found in all_found)} of {items} items"
    kinds: dict[str, Counter[State]] = defaultdict(Counter)
    for found in all_found:
        for kind, states in found.by_kind.items():
            kinds[kind].update(states)
    for kind, states in sorted(kinds.items()):
        held = states[State.VERIFIED] + states[State.READ]
        yield f"  {kind:<10} {held:>5} of {sum(states.values()):>5} held, {states[State.UNVERIFIED]} unverified"
    yield from (line for found in all_found for line in found.ends_soon)


def _row(name: str, group: list[Findings]) -> str:
    states: Counter[State] = Counter()
    for found in group:
        states.update(found.states)
    total = sum(states.values())
    held = states[State.VERIFIED] + states[State.READ]
    return (
        f"{name}: {len(group)} guides, {sum(found.is_whole for found in group)} whole, {total} statements, "
        f"{held / total if total else 0:.0%} held ({states[State.VERIFIED]} verified, {states[State.READ]} read), "
        f"{sum(found.questions for found in group)} questions"
    )


if __name__ == "__main__":
    sys.exit(main())
