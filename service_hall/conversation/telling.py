"""An aspect of a guide in words: one or two sentences that lead, and the rest below them, a line each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from knowledge_base.model import NATIONAL, Aspect, ServiceGuide
from knowledge_base.offices import Office
from knowledge_base.sources import LegalText
from knowledge_base.statements import (
    Amount,
    Channel,
    Condition,
    Contact,
    Emphasis,
    Exclusion,
    Fact,
    Fee,
    FrequentQuestion,
    Limit,
    Material,
    Statement,
    Step,
    Summary,
    Where,
)
from service_hall.conversation.citing import Place, quoted
from service_hall.conversation.wording import aspect_label, channel_label, hours_in_words, say

OWN: Mapping[Aspect, type[Fact]] = {
    Aspect.TIME_LIMIT: Limit,
    Aspect.CONTACT: Contact,
    Aspect.LOCATION: Where,
    Aspect.FEE: Fee,
}
"""What an aspect is asked for; other statements of it stand below."""
_PLACE_FIRST = (Aspect.TIME_LIMIT, Aspect.CONTACT, Aspect.LOCATION)
"""What the citizen's own place promises comes before what holds everywhere."""
_WITH_PLACE: Mapping[Aspect, type[Fact] | tuple[type[Fact], ...]] = {
    Aspect.AMOUNT: Amount,
    Aspect.FEE: Fee,
    Aspect.ELIGIBILITY: (Condition, Exclusion),
}
"""看当地 answers nobody: what the place itself sets of this kind leads together with what holds everywhere."""
_LISTS = (Aspect.MATERIALS, Aspect.PROCEDURE, Aspect.ELIGIBILITY)
_NUMBERED = (Material, Step)
_IN_A_LIST = (Material, Step, Condition, Exclusion)
_RECKONED = frozenset("×÷＋－")
_MOSTLY = 0.6
_SOONEST = ("promised", "standard", "legal")

Mark = Callable[[Statement], str]
"""What stands behind a statement's words; empty: nothing."""


@dataclass(frozen=True)
class Told:
    lead: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    """What the words rest on, what leads in front."""
    leads: Statement | None = None
    """None where a list does, or what offices tell."""
    by_offices: bool = False
    """Addresses and hours are the place's own."""
    is_unknown: bool = False


def tell(
    aspect: Aspect,
    guide: ServiceGuide,
    place: Place,
    sources: Mapping[str, LegalText],
    already: Collection[Statement] = (),
    mark: Mark = lambda _: "",
) -> Told:
    """`already`: what the answer has said before and does not say again."""
    about = [each for each in guide.about(aspect) if _is_told_unasked(each)] or guide.about(aspect)
    listed = [each for each in about if each not in already]
    match aspect:
        case Aspect.OFFICE_HOURS:
            return _hours(guide, place.offices, listed, mark)
        case Aspect.LEGAL_BASIS:
            return _basis(guide, sources, listed, mark)
    if not about:
        unknown = say("nothing_told", item=guide.short_name, what=aspect_label(aspect), phone=_phone(guide))
        return Told((unknown,), is_unknown=True)
    if not listed:
        return Told()
    if aspect in _LISTS:
        listed.sort(key=lambda each: not isinstance(each, (Summary, *_IN_A_LIST)))  # the list before notes on it
    leading = _leading(aspect, listed)
    first = leading[0]
    others = [each for each in listed if each not in leading]
    below = _from_offices(aspect, place.offices)
    by_offices = bool(below)
    if aspect is Aspect.OVERVIEW and (steps := guide.of(Step)):
        below.append(say("in_short", steps="；".join(f"{at}. {each.title}" for at, each in enumerate(steps, 1))))
    if aspect in _LISTS and others and not isinstance(first, Summary):
        lines = (say(f"lead_{aspect.value}", item=guide.short_name), *_lines(guide, listed, mark))
        return Told(lines, tuple(below), tuple(listed), by_offices=by_offices)
    if aspect not in _LISTS:
        others.sort(key=lambda each: not _is_local(each))
    lead = "".join(in_full(each) + mark(each) for each in leading)
    return Told((lead,), (*below, *_lines(guide, others, mark)), (*leading, *others), first, by_offices)


def mentions(guide: ServiceGuide, aspects: Sequence[Aspect], already: Collection[Statement]) -> list[Statement]:
    """What must not get lost, apart from what stands in its list anyway."""
    return [
        each for each in guide.statements if _is_apart(each) and set(each.about) & set(aspects) and each not in already
    ]


def in_full(statement: Fact) -> str:
    """With how an amount is reckoned, and an example of it."""
    says = statement.says
    if isinstance(statement, Amount):
        if _RECKONED & set(statement.formula) and not _is_said(statement.formula, says):
            says += say("formula", formula=statement.formula)
        if statement.example:
            says += say("example", example=statement.example)
    return says


def _is_said(formula: str, says: str) -> bool:
    """Most of its pairs of letters stand there already."""
    pairs = [formula[at : at + 2] for at in range(len(formula) - 1)]
    return sum(pair in says for pair in pairs) > _MOSTLY * len(pairs)


def _is_local(statement: Fact) -> bool:
    return statement.region not in ("", NATIONAL)


def _is_told_unasked(statement: Statement) -> bool:
    """A question of its own is told to whoever asks it."""
    return not isinstance(statement, FrequentQuestion) and not _is_apart(statement)


def _is_apart(statement: Fact) -> bool:
    return statement.emphasis is Emphasis.MUST_MENTION and not isinstance(statement, _IN_A_LIST)


def _leading(aspect: Aspect, listed: Sequence[Statement]) -> list[Statement]:
    """One statement, or two."""
    own = [each for each in listed if isinstance(each, OWN.get(aspect, Fact))]
    if aspect in _PLACE_FIRST and (local := _nearest(own)):
        return [_soonest(local)]
    summaries = [each for each in listed if isinstance(each, Summary)]
    summary = next(iter(_nearest(summaries) or summaries), None)
    first = summary or (_soonest(own) if own else listed[0])
    set_here = _nearest([each for each in listed if isinstance(each, _WITH_PLACE.get(aspect, ()))])
    if _is_local(first) or not set_here or (aspect is Aspect.ELIGIBILITY and not summary):
        return [first]
    return [set_here[0], first] if aspect is Aspect.AMOUNT else [first, set_here[0]]


def _nearest(statements: Sequence[Statement]) -> list[Statement]:
    """Those of the place itself, or else of the nearest above it that is not the country; the nearest stands last."""
    local = [each for each in statements if _is_local(each)]
    return [each for each in local if each.region == local[-1].region]


def how_long(guide: ServiceGuide) -> Limit | None:
    """What is promised here, else what rules allow; None where no limit is set."""
    limits = [each for each in guide.statements if isinstance(each, Limit)]
    found = _soonest(limits) if limits else None
    return found if isinstance(found, Limit) else None


def _soonest(statements: Sequence[Statement]) -> Statement:
    """The first; of limits what the hall promises, for that is when to come."""
    return min(statements, key=lambda each: _SOONEST.index(each.basis) if isinstance(each, Limit) else 0)


def _lines(guide: ServiceGuide, statements: Sequence[Statement], mark: Mark) -> list[str]:
    number = 0
    lines = []
    told_who: set[str] = set()
    for each in statements:
        if isinstance(each, _NUMBERED) and not (isinstance(each, Material) and each.brings != "citizen"):
            number += 1
            lines.append(f"{number}. {_line(guide, each, told_who)}{mark(each)}")
        else:
            lines.append(f"· {_line(guide, each, told_who)}{mark(each)}")
        told_who.add(each.set_by)
    return lines


def _line(guide: ServiceGuide, statement: Fact, told_who: Collection[str]) -> str:
    """`told_who`: whose settings have been named already."""
    says = in_full(statement).removeprefix(f"办理{guide.short_name}，")  # the heading names the item already
    match statement:
        case Step(title=title):
            return f"{title}：{says}"
        case Channel(through=through):
            return f"{channel_label(through)}：{says}"
        case Material(electronic_licence=True) if "电子" not in says:
            return says + say("electronic_licence")
    who = statement.set_by
    is_new = who and who not in told_who and not _is_local(statement)
    return says + (say("set_by", who=who) if is_new and who not in says and "由各地" not in says else "")


def _hours(guide: ServiceGuide, offices: Sequence[Office], listed: Sequence[Statement], mark: Mark) -> Told:
    lines = tuple(_lines(guide, listed, mark))
    if not offices and listed:
        return Told((f"{in_full(listed[0])}{mark(listed[0])}",), lines[1:], tuple(listed))
    if not offices:
        return Told((say("hours_unknown", item=guide.short_name, phone=_phone(guide)),), lines, tuple(listed))
    hours = (f"· {office.name}：{hours_in_words(office.opening_hours)}" for office in offices)
    return Told(
        (say("hours", item=guide.short_name), *hours), (say("holidays"), *lines), tuple(listed), by_offices=True
    )


def _basis(guide: ServiceGuide, sources: Mapping[str, LegalText], listed: Sequence[Statement], mark: Mark) -> Told:
    texts = tuple(f"· {line}" for line in quoted(guide.legal_basis, sources))
    if not listed:
        return Told((say("basis", item=guide.short_name), *texts))
    first, *others = listed
    return Told((first.says + mark(first),), (*texts, *_lines(guide, others, mark)), tuple(listed))


def _from_offices(aspect: Aspect, offices: Sequence[Office]) -> list[str]:
    match aspect:
        case Aspect.LOCATION:
            return [say("office", name=each.name, address=each.address, phone=each.phone) for each in offices]
        case Aspect.CONTACT:
            return [say("office_phone", name=each.name, phone=each.phone) for each in offices]
    return []


def _phone(guide: ServiceGuide) -> str:
    return guide.phone or say("any_phone")
